"""A matter of the catalogue with a form and a draft, as an office would leave it; nobody in the tests applies for it."""

from datetime import UTC, datetime, timedelta

from services.affairs.matters.applications.draft_model import KEPT, ApplicationDraft, id_of
from services.affairs.matters.applications.draft_store import ApplicationDraftStore
from services.affairs.matters.catalogue.bulk.batch import MatterImport
from services.affairs.matters.catalogue.bulk.stores import ImportLines, MatterImportStore
from services.affairs.matters.catalogue.store import MatterStore
from services.affairs.matters.fitting.model import KEPT as ANSWERS_KEPT
from services.affairs.matters.fitting.model import KeptFittingAnswers
from services.affairs.matters.fitting.store import FittingAnswerStore
from services.chassis.core.calls import utc_now, write_call
from services.civic.actor import SYSTEM
from tests.unit.affairs.matter_forms import allowance

DRAFTS_OF_OTHERS = 200
"""So many others are filling in something: enough that a look at all of them shows."""
NOT_APPLIED_FOR = {"elsewhere": {"$ne": ""}}
NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
IMPORT, BEGUN_IMPORT = "matter-import-0", "matter-import-1"


def make_a_draft(database) -> None:
    """Write both through the store."""
    matters = MatterStore(database)
    matter = matters.get(database["matters"].find_one(NOT_APPLIED_FOR, sort=[("_id", 1)])["_id"])
    matter.form, matter.with_form = allowance(), True
    matter.write_draft({"promise_days": 1}, "", "o1", NOW)
    matters.save(matter, [], write_call("draft", {}, SYSTEM, "a-draft-for-queries"))


def make_imports(database) -> None:
    """Write one import of a spreadsheet with its report, one that is being received, and many of others."""
    imports, lines = MatterImportStore(database), ImportLines(database)
    several = [IMPORT, BEGUN_IMPORT, *(f"matter-import-of-{number}" for number in range(DRAFTS_OF_OTHERS))]
    for number, id in enumerate(several):
        at = NOW + timedelta(minutes=number)
        one = MatterImport(id, "510183", f"o{number}", at, utc_now() + timedelta(days=30))
        if id != BEGUN_IMPORT:
            one.take(10, at)
            one.was_checked(900, {"refused": 300, "unchanged": 600})
        imports.add(one, [], write_call("import", {}, SYSTEM, f"an-import-{number}"))
        if number < 3:
            lines.put(one, [_line(at) for at in range(900)])


def _line(number: int) -> dict:
    outcome = "refused" if number % 3 == 0 else "unchanged"
    told = {"sheet": "事项", "line": number + 2, "column": "", "matter_id": "m", "name": "", "text": ""}
    return {**told, "outcome": outcome, "counted": True, "seen": 1}


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


def keep_answers(database, application: dict) -> None:
    """Let whose application it is keep the answers by which matters were found to fit, and others theirs."""
    answers, now = FittingAnswerStore(database), utc_now()
    for person in (
        application["applicant_id"],
        *(f"somebody-{number}" for number in range(DRAFTS_OF_OTHERS)),
    ):
        kept = KeptFittingAnswers(person, application["region"], now, now + ANSWERS_KEPT, home=["farm"])
        answers.add(kept, [], write_call("keep", {}, SYSTEM, f"answers-of-{person}"))
