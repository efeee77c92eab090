"""Makes the paper of a result that has its number: set, signed, kept sealed, named by the result. Each step may be done again."""

from __future__ import annotations

import hashlib
import io
import logging
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

import segno

from services.affairs.matters.results.model import VERIFY
from services.affairs.matters.results.rules import only_what_was_granted_has_a_result
from services.affairs.matters.results.store import PURPOSE
from services.affairs.matters.results.wording import NO_OFFICIAL_SEAL, check_of, how_to_verify, in_words
from services.chassis.core.errors import DomainError, VersionConflict
from services.civic.files.receiving import FilePurpose
from services.civic.paper.press import PaperPress
from services.civic.paper.signing import PaperSigner

if TYPE_CHECKING:
    from datetime import datetime

    from pymongo.database import Database

    from services.affairs.matters.results.model import Result
    from services.affairs.matters.results.ports import Cases
    from services.affairs.matters.results.store import ResultStore
    from services.civic.calls import Call
    from services.civic.files.receiving import ReceivedFiles
    from services.civic.settings import CivicSettings

log = logging.getLogger(__name__)

MADE_AT_ONCE = 20


@dataclass(frozen=True)
class PaperMaker:
    """Sets and signs papers that lead to the platform's own address."""

    press: PaperPress
    signer: PaperSigner
    public_url: str

    @classmethod
    def from_platform(cls, database: Database, settings: CivicSettings) -> PaperMaker:
        """Make it from the settings."""
        press = PaperPress.from_platform(database, settings)
        return cls(press, PaperSigner.from_platform(database, settings), settings.public_url)

    def must_be_able(self, result: Result, now: datetime) -> None:
        """Before a number is given: raise Rejected for a character that no font has, Unavailable without key or fonts."""
        self.signer.ready(now)
        self.press.refuse_what_cannot_be_shown(result.wording.texts())

    def make(self, result: Result) -> bytes:
        """Give the signed PDF; raises Unavailable."""
        address = f"{self.public_url}{VERIFY}"
        paper = {
            "title": result.kind,
            "number": result.number,
            "to": result.holder_name,
            "text": result.wording.paragraphs(result.submitted_at, result.decided_at),
            "office": result.office,
            "date": in_words(result.numbered_at),
            "facts": [["申请编号", result.application_id], ["校验码", check_of(result.token)]],
            "qr": _qr(f"{address}/{result.token}"),
            "how": how_to_verify(address),
            "seal": NO_OFFICIAL_SEAL,
        }
        return self.signer.sign(self.press.set("result", paper), result.kind, result.office)


def finish(
    results: ResultStore, cases: Cases, files: ReceivedFiles, maker: PaperMaker, result: Result, call: Call
) -> Result:
    """Make the paper of one that has its number, and issue it; of two at once one does, the other's file is erased.

    Where the applicant's account was erased meanwhile nothing is made, which raises Conflict: the number stays taken, by a paper of nobody.
    """
    case = cases.get(result.application_id)
    if case.erased:
        results.save(result, result.erase(result.applicant_id, call.now), call.without_key())
    only_what_was_granted_has_a_result(case.state, case.outcome, case.erased)
    paper = maker.make(result)
    of = FilePurpose(PURPOSE, result.id, result.applicant_id, result.region)
    file = files.keep_made(of, paper, call)
    events = result.issue(file.id, hashlib.sha256(paper).hexdigest(), call.now)
    try:
        results.save(result, events, call)
    except VersionConflict:
        files.erase(file.id)
        raise
    files.settle(file.id)
    return result


def finish_what_is_due(
    results: ResultStore, cases: Cases, files: ReceivedFiles, maker: PaperMaker, call: Call
) -> int:
    """Make what has a number and was left; gives how many. What cannot be made now is tried again with the next sweep."""
    made = 0
    for id in results.due(call.now, MADE_AT_ONCE):
        with suppress(VersionConflict):
            try:
                finish(results, cases, files, maker, results.get(id), call)
                made += 1
            except DomainError as refused:
                if isinstance(refused, VersionConflict):
                    raise
                log.warning("a paper that has its number could not be made", extra={"code": refused.code})
    return made


def _qr(address: str) -> str:
    drawn = io.BytesIO()
    segno.make(address, error="m", micro=False).save(drawn, kind="svg", xmldecl=False, border=2)
    return drawn.getvalue().decode()
