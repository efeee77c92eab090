"""What the market hears about residents."""

from services.chassis.listeners import hears
from services.chassis.uses import Uses
from services.market.people.store import People


class PeopleListeners:
    """Keep the copy of the residents."""

    people = Uses(People)

    @hears(
        "identity.resident.registered",
        "identity.resident.certified",
        "identity.resident.rejected",
        queue="people",
    )
    def on_identity_resident(self, event, call):
        known = {"region": event.region, "certified": event.data["state"] == "certified"}
        self.people.learn(event.data["resident_id"], event.sequence, known)
