"""What affairs hears of divisions that move; all events of one adoption come in order."""

from services.affairs.places import usecases
from services.affairs.places.store import FollowedStore, Places
from services.chassis.listeners import hears
from services.chassis.uses import Uses


class PlaceListeners:
    """`applications` is wired in the service."""

    places = Uses(Places)
    followed = Uses(FollowedStore)

    @hears("identity.region.moved", queue="places")
    def on_identity_region(self, event, call):
        usecases.follow_one(self.places, self.applications.follow, event)

    @hears("identity.adoption.moved", queue="places")
    def on_identity_adoption_moved(self, event, call):
        usecases.follow_all(self.places, self.applications.follow, event.data["adoption_id"])
        usecases.tell(self.followed, event.data["adoption_id"], event.region, call)

    @hears("identity.adoption.finished", queue="places")
    def on_identity_adoption_finished(self, event, call):
        usecases.follow_all(self.places, self.applications.follow, event.data["adoption_id"])
