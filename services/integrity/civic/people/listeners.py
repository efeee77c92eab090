"""The residents' event door."""

from services.chassis.listeners import hears
from services.chassis.storage.dependency_provider import Provided
from services.integrity.civic.people.store import People


class PeopleListeners:
    """Keeps the copy of the residents."""

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
        "identity.resident.placed",
        queue="people",
        batch=True,
    )
    def on_identity_resident(self, together):
        self.people.hear(together)
