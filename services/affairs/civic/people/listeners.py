"""What affairs hears of residents."""

from services.affairs.civic.people.store import People
from services.chassis.listeners import hears
from services.chassis.storage.dependency_provider import Provided


class PeopleListeners:
    """Keep the copy of residents; an older or repeated event changes nothing. `following` is wired in the service."""

    people = Provided(People)

    @hears(
        "identity.resident.registered",
        "identity.resident.certified",
        "identity.resident.rejected",
        "identity.resident.tried_again",
        "identity.resident.moved",
        "identity.resident.deceased",
        "identity.resident.deactivated",
        "identity.resident.reactivated",
        "identity.resident.merged",
        "identity.resident.erased",
        queue="people",
        batch=True,
    )
    def on_identity_resident(self, together):
        self.people.hear(together)

    @hears("identity.resident.placed", queue="people")
    def on_identity_resident_placed(self, event, call):
        self.people.hear([(event, call)])
        self.following.place(event.data["resident_id"], event.region, event.data.get("edition", ""))
