"""What was filled in of an application, kept after each screen and gone on with on another device."""

import secrets
from collections.abc import Iterator

from flask import Response, current_app
from werkzeug.datastructures import MultiDict

from gateway.web import answering, form_answers
from gateway.web.declarations import Action, Read
from gateway.web.form_screens import REVIEWED, FormScreens
from gateway.web.later import asked_after
from gateway.web.visit import PageVisit
from services.civic.forms.model import FormDefinition

DRAFT = Read("GET /application-drafts/{matter_id}", optional=True)
SAVE = Action("POST /application-drafts", "暂存")
LIST = "/my/applications?kept=1"


def gone_on_with(visit: PageVisit, form: FormDefinition) -> dict:
    """Let a page begin with what was kept, on the first screen that is not filled in; gives the draft, nothing where there is none."""
    found = asked_after(visit, draft=DRAFT)["draft"] if visit.request.method == "GET" else None
    if not found:
        return {}
    visit.sent = MultiDict([*_papers(found.value), *form_answers.sent_of(form, found.value["answers"])])
    visit.sent[REVIEWED] = "1"
    return found.value


def keep(visit: PageVisit, own: FormScreens, given: dict) -> Response:
    """Keep what was filled in so far; raises DomainError. It is no act of its own: whoever sends it twice has kept it twice."""
    typed = {"phone": visit.sent.get("phone", "")[:40]}
    asking = current_app.extensions["web"].asking
    own.kept = asking.act(visit, SAVE, {**typed, **given}, secrets.token_hex(16))
    return answering.see_other(LIST)


def _papers(draft: dict) -> Iterator[tuple[str, str]]:
    yield "phone", draft["phone"]
    for one in draft["materials"]:
        yield from (("material", one["name"]), (f"note {one['name']}", one["note"]))
