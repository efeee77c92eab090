"""What applicant and office read of results."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.affairs.matters.results.rules import only_what_is_issued
from services.affairs.matters.results.scopes import for_whom_it_is, only_the_office_of_the_region
from services.affairs.matters.results.store import UNSHOWN
from services.chassis.storage.paging import page
from services.civic.files import views
from services.civic.files.model import DOCUMENT

if TYPE_CHECKING:
    from services.affairs.matters.results.model import Result
    from services.affairs.matters.results.ports import Cases
    from services.affairs.matters.results.store import ResultStore
    from services.civic.calls import Call
    from services.civic.files.receiving import ReceivedFiles

NEWEST, LONGEST_WAITING = ("numbered_at", -1), ("issued_at", 1)


def one(results: ResultStore, call: Call) -> Result:
    """One paper; raises NotFound for another's."""
    return results.get(call.data["result_id"], scope=for_whom_it_is(call.actor))


def file_of(results: ResultStore, files: ReceivedFiles, call: Call) -> dict:
    """Its file; raises NotFound for another's, Conflict while it is made. Of a revoked one too: who has it may look what it said."""
    result = results.get(call.data["result_id"], scope=for_whom_it_is(call.actor))
    if result.state == "making":
        only_what_is_issued(result.state)
    return views.content(files, result.file_id, DOCUMENT)


def of_an_application(results: ResultStore, cases: Cases, call: Call) -> dict:
    """A page of an application's papers, the last first; raises NotFound for another's application."""
    scope = for_whom_it_is(call.actor)
    case = cases.get(call.data["application_id"], scope=scope)
    where = {"application_id": case.id, **scope}
    return page(results.documents, where, call.data, NEWEST, results.from_row, UNSHOWN)


def to_hand_over(results: ResultStore, call: Call) -> dict:
    """A page of what people of the caller's regions wait for, longest first."""
    where = {**only_the_office_of_the_region(call.actor), "awaits": True}
    return page(results.documents, where, call.data, LONGEST_WAITING, results.from_row, UNSHOWN)
