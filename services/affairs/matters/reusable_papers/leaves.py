"""A copy of who lets verified papers be used again, as identity tells it."""

from datetime import UTC, datetime

from services.chassis.events.event import Envelope
from services.chassis.storage.projection import Projection
from services.civic.editions.code_crosswalk import Stays
from services.civic.privacy.personal_data import PersonalData, forgotten

PURPOSE = "paper_reuse"
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


class PaperLeaves(Projection):
    """One document per resident: {_id, given, sequence}.

    Each decision is a consent of its own, so that its number in the stream says nothing of the order: the moment of the decision, in
    microseconds, does.
    """

    collection = "paper_leaves"
    becomes = Stays("it holds no region")
    of_a_person = PersonalData(
        not_shown="a copy of what identity tells: whether there is leave, which identity's own portion shows",
        erased="deleted",
        erase=forgotten,
    )

    def decided(self, event: Envelope) -> None:
        """Keep the last decision; an older or repeated one changes nothing."""
        moment = int((event.time - BEGINNING).total_seconds() * 1_000_000)
        self.learn(event.data["resident_id"], moment, {"given": event.data["state"] == "given"})

    def given_by(self, person: str) -> bool:
        """Tell whether somebody lets papers be used again."""
        found = self.find(person)
        return bool(found and found["given"])

    def forget(self, person: str) -> None:
        """Delete what is known of a person."""
        self.documents.delete_one({"_id": person})
