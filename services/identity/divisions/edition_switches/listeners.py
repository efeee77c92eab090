"""Who says that it has followed an adoption."""

from services.chassis.listeners import hears
from services.identity.divisions.edition_switches import usecases


class EditionSwitchListeners:
    """Notes the services that are done, and lets what hangs on somebody follow; `adoptions` is declared by the doors, `moving` wired
    in the service.
    """

    @hears("affairs.adoption.followed", queue="adoptions")
    def on_affairs_adoption(self, event, call):
        usecases.note_follower(self.adoptions, "affairs", call)

    @hears("market.adoption.followed", queue="adoptions")
    def on_market_adoption(self, event, call):
        usecases.note_follower(self.adoptions, "market", call)

    @hears("integrity.adoption.followed", queue="adoptions")
    def on_integrity_adoption(self, event, call):
        usecases.note_follower(self.adoptions, "integrity", call)

    @hears("identity.resident.placed", queue="adoptions")
    def on_identity_resident_placed(self, event, call):
        self.moving.followers.place(event.data["resident_id"], event.region, event.edition)

    @hears("identity.official.placed", queue="adoptions")
    def on_identity_official_placed(self, event, call):
        self.moving.followers.place(event.data["official_id"], event.region, event.edition)
