"""Applications as documents: one open application of one resident for one matter."""

from pymongo import ASCENDING, DESCENDING, IndexModel

from services.affairs.matters.applications.model import Application
from services.affairs.matters.applications.rules import OPEN_STATES
from services.chassis.core.errors import Conflict
from services.chassis.core.scope import path_of
from services.civic.editions.code_crosswalk import Follows
from services.civic.store import RegionalStore

UNSHOWN = ("required", "steps")
"""What a list does not show and need not load."""


def _queue(name: str, order: str) -> IndexModel:
    fields = ("regions", "state", order, "_id")
    return IndexModel([(field, ASCENDING) for field in fields], name=name)


class ApplicationStore(RegionalStore[Application]):
    """The applications' collection; `open` is computed at each save."""

    service = "affairs"
    collection = "applications"
    aggregate = Application
    noun = "application"
    missing = "没有找到这件申请，请核对编号。"
    personal = ("applicant_name", "applicant_phone", "materials", "notice", "reason", "comment")
    shown = ("shown_name", "shown_phone")
    becomes = Follows(person="applicant_id")
    indexes = (
        IndexModel(
            [("applicant_id", ASCENDING), ("matter_id", ASCENDING)],
            name="one_open_application_for_one_matter",
            unique=True,
            partialFilterExpression={"open": True},
        ),
        IndexModel(
            [("applicant_id", ASCENDING), ("submitted_at", DESCENDING), ("_id", DESCENDING)],
            name="of_an_applicant",
        ),
        _queue("queue_by_receipt", "submitted_at"),
        _queue("queue_by_due_date", "due_at"),
    )

    def conflict(self, index: str) -> Conflict:
        """Say that the first application is still open."""
        return Conflict("application.open_already", "您已有同一事项的申请正在办理，请等它办结或先撤回。")

    def to_document(self, aggregate: Application) -> dict:
        """Note at each save whether it is open; an erased one is seen by the county alone."""
        document = {**super().to_document(aggregate), "open": aggregate.state in OPEN_STATES}
        if aggregate.erased:
            document["regions"] = path_of(aggregate.region)[:1]
        return document

    def open_of(self, person: str, most: int) -> tuple[int, list[Application]]:
        """Count a person's open applications, and load the first of them."""
        where = {"applicant_id": person, "open": True}
        found = self.documents.find(where, {"outbox": 0, "requests": 0}).limit(most)
        return self.documents.count_documents(where), [self.from_document(one) for one in found]

    def not_erased_of(self, person: str, most: int) -> list[str]:
        """List the ids of a person's applications that still hold personal data."""
        where = {"applicant_id": person, "erased": {"$ne": True}}
        return [found["_id"] for found in self.documents.find(where, {"_id": 1}).limit(most)]

    def forget_answers(self, id: str) -> None:
        """Forget what was answered under idempotency keys: the answers hold name and phone."""
        self.documents.update_one({"_id": id}, {"$set": {"requests": []}})

    def from_row(self, document: dict) -> Application:
        """Rebuild an application that was loaded without what a list does not show; it is never saved."""
        return self.from_document({"required": [], **document})
