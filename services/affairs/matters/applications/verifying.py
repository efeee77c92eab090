"""What is done with what was verified: a clerk says it, the next case takes it over, each in one write of the case.

A file of two cases is one file. Who takes it over names it first and then settles it; who lets it go first names it no more, then looks
whether another case does and erases it only where nobody has settled it meanwhile (`files.let_go`). Whatever the interleaving, no case names a file that
is gone, and none stays that nobody names.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from services.affairs.matters.applications.claiming import to_act_on
from services.affairs.matters.applications.file_rules import COME
from services.affairs.matters.applications.materials import same
from services.affairs.matters.applications.scopes import only_the_applicant, only_the_office_of_the_region
from services.affairs.matters.applications.verification_rules import a_verification_ends_in_time
from services.affairs.matters.applications.verified import verified_for
from services.chassis.core.clock import day_of, moment_of
from services.chassis.core.errors import NotFound
from services.civic.second_look import undone_where_refused

if TYPE_CHECKING:
    from datetime import date, datetime

    from services.affairs.matters.applications.model import Application
    from services.affairs.matters.applications.ports import PaperToUseAgain, ReusablePapers
    from services.affairs.matters.applications.store import ApplicationStore
    from services.civic.calls import Call
    from services.civic.files.receiving import ReceivedFiles


def verify(applications: ApplicationStore, call: Call) -> Application:
    """A clerk has compared a material with its original; raises NotFound out of scope, Conflict where a colleague has it in hand or did it before."""
    asked = call.data
    application = to_act_on(applications, only_the_office_of_the_region(call.actor), call)
    own_end = asked["ends_on"] and _end_of(asked["ends_on"])
    until = _until(application, asked, own_end, call.now)
    a_verification_ends_in_time(until, own_end, call.now)
    events = application.verify(asked["material"], call.actor.id, until, call.now)
    applications.save(application, events, call)
    return application


def offered(applications: ApplicationStore, papers: ReusablePapers, call: Call) -> dict:
    """Give, for each material of which no file has come, the newest paper of an earlier case that may be used for it."""
    application = applications.get(call.data["application_id"], scope=only_the_applicant(call.actor))
    if application.state not in COME:
        return {"items": []}
    found: dict[str, PaperToUseAgain] = {}
    for paper in papers.usable_of(call.actor, call.now):
        if paper.application_id != application.id:
            found.setdefault(same(paper.material), paper)
    wanting = [(number, found.get(same(name))) for number, name in application.wanting()]
    return {"items": [{"number": number, "paper": paper} for number, paper in wanting if paper]}


def reuse(
    applications: ApplicationStore, papers: ReusablePapers, files: ReceivedFiles, call: Call
) -> Application:
    """The applicant lets a paper of an earlier case count; raises NotFound where it ended, lapsed, or is another's, Conflict or Rejected by a rule.

    Whether the paper and its files are still there is asked again once the case names them: who takes the leave back, or the earlier case,
    may have come in between.
    """
    asked = call.data
    application = applications.get(asked["application_id"], call, only_the_applicant(call.actor))
    paper = papers.usable(asked["paper_id"], call.actor, call.now)
    entries = _files_of(applications, paper, call)
    events = application.reuse(paper, entries, asked["material"], call.now)
    applications.save(application, events, call)

    def undo() -> list[tuple[str, dict]]:
        for one in entries:
            files.give_up(one["id"], call)
        return application.drop_reused(paper.id)

    with undone_where_refused(applications, application, undo, call):
        if not all(files.settle(one["id"]) for one in entries):
            raise _gone()
        papers.note_use(paper.id, application.id, application.matter_name, call)
    return application


def _files_of(applications: ApplicationStore, paper: PaperToUseAgain, call: Call) -> list[dict]:
    origin = applications.get(paper.application_id, scope={"applicant_id": {"$in": call.actor.entries}})
    ends = {one["id"]: origin.file_kept_until(one["id"]) for one in origin.files}
    there = {id for id, until in ends.items() if until is None or call.now < until}
    entries = [one for one in origin.files if one["id"] in paper.files and one["id"] in there]
    if not entries:
        raise _gone()
    return entries


def _gone() -> NotFound:
    return NotFound("application.paper_gone", "这份证明材料刚刚不能再用了，请刷新后上传照片。")


def _until(application: Application, asked: dict, own_end: datetime | None, now: datetime) -> datetime:
    """Give what the clerk said, or the material's default, which ends with the paper."""
    if asked["valid_until"]:
        return _end_of(asked["valid_until"])
    name = dict(enumerate(application.required, 1)).get(asked["material"], "")
    until = _end_of(day_of(now + verified_for(name)))
    return min(until, own_end) if own_end else until


def _end_of(day: date) -> datetime:
    return moment_of(day + timedelta(days=1)) - timedelta(seconds=1)
