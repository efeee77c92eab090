"""The divisions' event door."""

from services.chassis.listeners import hears
from services.chassis.storage.dependency_provider import Provided
from services.civic.editions.edition_switch import SwitchListeners
from services.integrity.civic.divisions.store import FollowedStore, Places


class PlaceListeners(SwitchListeners):
    """Keeps the copy of the divisions; `following` is wired in the service."""

    places = Provided(Places)
    followed = Provided(FollowedStore)
    told, counted = "adoption.followed", "adoption.counted"
    tells_numbers = False  # how many reports there are is for the committee alone

    @hears("identity.region.published", queue="places")
    def on_identity_region(self, event, call):
        known = {"code": event.data["code"], "edition": event.data["edition"]}
        self.places.learn(event.subject, event.sequence, known)

    @hears("identity.county.edition_adopted", queue="places")
    def on_identity_county(self, event, call):
        self.places.editions.learn(event.subject, event.sequence, {"edition": event.data["edition"]})
