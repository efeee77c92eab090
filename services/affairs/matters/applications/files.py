"""Photos and PDFs of papers for an application's materials: handed in by the applicant, seen by the applicant and the clerks who handle it.

An application names its files; in which order that is written down says `services.civic.files.holding`.
"""

from __future__ import annotations

from contextlib import contextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING

from services.affairs.matters.applications import file_rules as rules
from services.affairs.matters.applications.scopes import (
    only_the_applicant,
    only_the_office_of_the_region,
    whose_history_it_is,
)
from services.chassis.core.errors import NotFound
from services.civic.files import holding, views
from services.civic.files.model import ORIGINAL
from services.civic.files.receiving import FilePurpose

if TYPE_CHECKING:
    from collections.abc import Iterator

    from services.affairs.matters.applications.model import Application
    from services.affairs.matters.applications.store import ApplicationStore
    from services.civic.calls import Call
    from services.civic.files.receiving import ReceivedFiles
    from services.civic.ports import MustNotLeave

PURPOSE = "application_file"


def begin(
    applications: ApplicationStore, must_not_leave: MustNotLeave, files: ReceivedFiles, call: Call
) -> dict:
    """Begin to receive a file; raises NotFound for another's application, Conflict or Rejected where it takes none.

    Rejected also where the applicant is being erased: what begins nothing new fills nothing new.
    """
    application = _own(applications, call)
    must_not_leave(application.applicant_id)
    takes_one = partial(application.takes_a_file, call.data["material"])
    return holding.begun(files, _of(application), takes_one, call)


def put(applications: ApplicationStore, files: ReceivedFiles, call: Call) -> dict:
    """Take one piece."""
    return holding.piece_taken(files, _of(_own(applications, call)), call)


def add(applications: ApplicationStore, files: ReceivedFiles, call: Call) -> Application:
    """Hand in a file of which all pieces are there; raises Rejected for what is no photo, or one too many."""
    asked = call.data
    application = applications.get(asked["application_id"], call, only_the_applicant(call.actor))
    application.takes_a_file(asked["material"])
    with holding.held(files, _of(application), call) as file:
        measures = holding.measures_of(file, "state", "type", "pages")
        events = application.add_file(file.id, asked["material"], measures, call.now)
        applications.save(application, events, call)
    return application


def remove(applications: ApplicationStore, files: ReceivedFiles, call: Call) -> Application:
    """Take a file away and erase it; raises NotFound for one that is not there, Conflict for one that was looked at."""
    file_id = call.data["file_id"]
    application = applications.get(call.data["application_id"], call, only_the_applicant(call.actor))
    events = application.remove_file(file_id)
    with let_go(applications, files, [file_id], call):
        applications.save(application, events, call)
    return application


def withdraw(applications: ApplicationStore, files: ReceivedFiles, call: Call) -> Application:
    """The applicant takes the application back, and with it every file: what they were for is over (个人信息保护法 art. 47).

    Raises NotFound for another's, Conflict after the decision.
    """
    application = applications.get(call.data["application_id"], call, only_the_applicant(call.actor))
    held = [one["id"] for one in application.files]
    events = application.withdraw(call.now, call.actor.acted_by)
    with let_go(applications, files, held, call):
        applications.save(application, events, call)
    return application


@contextmanager
def let_go(
    applications: ApplicationStore, files: ReceivedFiles, ids: list[str], call: Call
) -> Iterator[None]:
    """Let the application save that it names these files no more, then erase those that no other one names (`verifying.py`)."""
    for id in ids:
        files.give_up(id, call)
    yield
    for id in ids:
        if _still_named(applications, files, id, call):
            files.look_again(id, call.now + rules.KEPT_AFTER_THE_END)
        else:
            files.erase_unsettled(id)


def one(applications: ApplicationStore, files: ReceivedFiles, call: Call) -> dict:
    """Give a file to the applicant, or to a clerk who handles the application: then the look is noted. Raises NotFound to everybody else."""
    id, file_id, actor = call.data["application_id"], call.data["file_id"], call.actor
    official = actor.kind == "official"
    scope = only_the_office_of_the_region(actor) if official else whose_history_it_is(actor)
    application = applications.get(id, scope=scope)
    application.file(file_id)
    rules.what_is_over_is_shown_to_nobody(application.file_kept_until(file_id), call.now)
    opened = application.has_opened(file_id, actor.id, call.now)
    rules.the_original_is_for_who_sent_it_and_for_proof(call.data["variant"], official, opened)
    content = views.content(files, file_id, call.data["variant"])
    if official:
        applications.note_look(id, file_id, actor.id, call.now)
    return content


def open_original(applications: ApplicationStore, files: ReceivedFiles, call: Call) -> Application:
    """Write down why a clerk has an original opened, before anything of it is shown; raises NotFound out of the clerk's scope.

    What a scanner has not looked at yet is not opened, and nothing is written down.
    """
    asked, actor = call.data, call.actor
    scope = only_the_office_of_the_region(actor)
    application = applications.get(asked["application_id"], call, scope)
    rules.what_is_over_is_shown_to_nobody(application.file_kept_until(asked["file_id"]), call.now)
    why = asked["ground"], asked["reason"]
    events = application.open_original(asked["file_id"], actor.id, *why, call.now)
    views.content(files, asked["file_id"], ORIGINAL)
    applications.save(application, events, call)
    return application


def _still_named(applications: ApplicationStore, files: ReceivedFiles, id: str, call: Call) -> bool:
    with suppress(NotFound):
        return bool(applications.holds_file(files.files.get(id).subject, id, call.now))
    return False


def _own(applications: ApplicationStore, call: Call) -> Application:
    return applications.get(call.data["application_id"], scope=only_the_applicant(call.actor))


def _of(application: Application) -> FilePurpose:
    return FilePurpose(PURPOSE, application.id, application.applicant_id, application.region)
