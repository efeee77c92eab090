"""A matter of the catalogue with a form and a draft, as an office would leave it; nobody in the tests applies for it."""

from datetime import UTC, datetime

from services.affairs.matters.applications.draft_model import KEPT, ApplicationDraft, id_of
from services.affairs.matters.applications.draft_store import ApplicationDraftStore
from services.affairs.matters.catalogue.store import MatterStore
from services.chassis.core.calls import utc_now, write_call
from services.civic.actor import SYSTEM
from tests.unit.affairs.matter_forms import allowance

DRAFTS_OF_OTHERS = 200
"""So many others are filling in something: enough that a look at all of them shows."""
NOT_APPLIED_FOR = {"elsewhere": {"$ne": ""}}
NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)


def make_a_draft(database) -> None:
    """Write both through the store."""
    matters = MatterStore(database)
    matter = matters.get(database["matters"].find_one(NOT_APPLIED_FOR, sort=[("_id", 1)])["_id"])
    matter.form, matter.with_form = allowance(), True
    matter.write_draft({"promise_days": 1}, "", "o1", NOW)
    matters.save(matter, [], write_call("draft", {}, SYSTEM, "a-draft-for-queries"))


def fill_in(database, application: dict, matter: dict) -> None:
    """Let whose application it is fill in another one for a matter, and others theirs."""
    drafts, now = ApplicationDraftStore(database), utc_now()
    people = [application["applicant_id"], *(f"somebody-{number}" for number in range(DRAFTS_OF_OTHERS))]
    for person in people:
        draft = ApplicationDraft(
            id=id_of(person, matter["_id"]),
            region=application["region"],
            applicant_id=person,
            matter_id=matter["_id"],
            matter_kind=matter["kind"],
            matter_name=matter["name"],
            matter_number=1,
            saved_at=now,
            ends_at=now + KEPT,
        )
        drafts.add(draft, [], write_call("draft", {}, SYSTEM, f"a-draft-of-{person}"))
