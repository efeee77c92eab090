"""Who says that it has followed an edition switch."""

from services.chassis.events.event import Envelope
from services.chassis.listeners import hears
from services.civic.calls import Call
from services.identity.divisions.edition_switches import usecases
from services.identity.divisions.edition_switches.ports import Relocating
from services.identity.divisions.edition_switches.store import EditionSwitchStore


class EditionSwitchListeners:
    """Notes the services that are done, and lets what hangs on somebody follow; `edition_switches` is declared by the endpoints,
    `moving` wired in the service.
    """

    edition_switches: EditionSwitchStore
    moving: Relocating

    @hears("affairs.adoption.followed", queue="adoptions")
    def on_affairs_adoption(self, event: Envelope, call: Call) -> None:
        usecases.note_follower(self.edition_switches, "affairs", call)

    @hears("market.adoption.followed", queue="adoptions")
    def on_market_adoption(self, event: Envelope, call: Call) -> None:
        usecases.note_follower(self.edition_switches, "market", call)

    @hears("integrity.adoption.followed", queue="adoptions")
    def on_integrity_adoption(self, event: Envelope, call: Call) -> None:
        usecases.note_follower(self.edition_switches, "integrity", call)

    @hears("identity.resident.placed", queue="adoptions")
    def on_identity_resident_placed(self, event: Envelope, call: Call) -> None:
        self.moving.followers.place(event.data["resident_id"], event.region, event.edition)

    @hears("identity.official.placed", queue="adoptions")
    def on_identity_official_placed(self, event: Envelope, call: Call) -> None:
        self.moving.followers.place(event.data["official_id"], event.region, event.edition)
