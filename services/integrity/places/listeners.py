"""The divisions' event door."""

from services.chassis.adoptions import FollowsAdoptions
from services.chassis.listeners import hears
from services.chassis.uses import Uses
from services.integrity.places.store import FollowedStore, Places


class PlaceListeners(FollowsAdoptions):
    """Keeps the copy of the divisions; `following` is wired in the service."""

    places = Uses(Places)
    followed = Uses(FollowedStore)
    told, counted = "adoption.followed", "adoption.counted"
    tells_numbers = False  # how many reports there are is for the committee alone

    @hears("identity.region.published", queue="places")
    def on_identity_region(self, event, call):
        known = {"code": event.data["code"], "edition": event.data["edition"]}
        self.places.learn(event.subject, event.sequence, known)

    @hears("identity.county.edition_adopted", queue="places")
    def on_identity_county(self, event, call):
        self.places.editions.learn(event.subject, event.sequence, {"edition": event.data["edition"]})
