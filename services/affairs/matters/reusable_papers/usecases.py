"""What is done with papers: kept with leave, noted where they are used, ended; each of them again changes nothing."""

from __future__ import annotations

import uuid
from contextlib import suppress
from typing import TYPE_CHECKING

from services.affairs.matters.reusable_papers.model import (
    CASE_OVER,
    LEAVE_WITHDRAWN,
    REMOVED,
    ReusablePaper,
    comes_back,
)
from services.chassis.core.errors import Conflict, NotFound, VersionConflict

if TYPE_CHECKING:
    from collections.abc import Iterable

    from services.affairs.matters.reusable_papers.leaves import PaperLeaves
    from services.affairs.matters.reusable_papers.ports import Cases, CaseWithVerified
    from services.affairs.matters.reusable_papers.store import ReusablePaperStore
    from services.civic.calls import Call

NAMESPACE = uuid.UUID("6d6f1c2a-5d52-4c3c-9f0e-0a6a1c1c9b57")


def keep(
    papers: ReusablePaperStore, cases: Cases, leaves: PaperLeaves, application_id: str, call: Call
) -> None:
    """Keep what was verified in a case, where there is leave.

    Leave and case are looked at again once a paper is written: who takes the leave back, or the case, may have looked for papers in between.
    """
    case = cases.with_verified(application_id)
    if case is None or not leaves.given_by(case.applicant_id):
        return
    for verified in case.verified:
        if verified["valid_until"] > call.now:
            _keep_one(papers, _paper(case, verified), call)
    if cases.with_verified(application_id) is None:
        end_all(papers, papers.kept_of_case(application_id), CASE_OVER, call)
    if not leaves.given_by(case.applicant_id):
        end_all(papers, papers.kept_of_case(application_id), LEAVE_WITHDRAWN, call)


def keep_all(papers: ReusablePaperStore, cases: Cases, leaves: PaperLeaves, person: str, call: Call) -> None:
    """Keep what was verified before the leave was given."""
    for application_id in cases.ids_with_verified(person):
        keep(papers, cases, leaves, application_id, call)


def end_all(papers: ReusablePaperStore, ids: Iterable[str], why: str, call: Call) -> None:
    """End papers; those that are gone or have ended are left as they are."""
    for id in ids:
        with suppress(NotFound):
            papers.change(id, {}, lambda one: one.end(why, call.now), call)


def remove(papers: ReusablePaperStore, call: Call) -> dict:
    """The holder lets a paper be used no more; raises NotFound for another's. Again is done as well."""
    id, own = call.data["paper_id"], {"holder_id": {"$in": call.actor.entries}}
    papers.change(id, own, lambda one: one.end(REMOVED, call.now), call)
    return {"paper_id": id}


def _keep_one(papers: ReusablePaperStore, paper: ReusablePaper, call: Call) -> None:
    try:
        papers.add(paper, paper.keep(), call.without_key())
    except Conflict:
        before = papers.get(paper.id)
        if before.state == "ended" and comes_back(before.why):
            paper.version = before.version
            with suppress(VersionConflict):  # somebody else brought it back
                papers.save(paper, paper.keep(), call.without_key())


def _paper(case: CaseWithVerified, verified: dict) -> ReusablePaper:
    return ReusablePaper(
        id=uuid.uuid5(NAMESPACE, f"{case.id}:{verified['material']}").hex,
        region=case.region,
        edition=case.edition,
        holder_id=case.applicant_id,
        application_id=case.id,
        material=verified["material"],
        matter_name=case.matter_name,
        matter_kind=case.matter_kind or "",
        office=case.office,
        verified_at=verified["at"],
        valid_until=verified["valid_until"],
        files=verified["files"],
        forget_at=verified["valid_until"],
    )
