"""A matter of the catalogue with a form and a draft, as an office would leave it; nobody in the tests applies for it."""

from datetime import UTC, datetime

from services.affairs.matters.catalogue.store import MatterStore
from services.chassis.core.calls import write_call
from services.civic.actor import SYSTEM
from tests.unit.affairs.matter_forms import allowance

NOT_APPLIED_FOR = {"elsewhere": {"$ne": ""}}
NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)


def make_a_draft(database) -> None:
    """Write both through the store."""
    matters = MatterStore(database)
    matter = matters.get(database["matters"].find_one(NOT_APPLIED_FOR, sort=[("_id", 1)])["_id"])
    matter.form, matter.with_form = allowance(), True
    matter.write_draft({"promise_days": 1}, "", "o1", NOW)
    matters.save(matter, [], write_call("draft", {}, SYSTEM, "a-draft-for-queries"))
