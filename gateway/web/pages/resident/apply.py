"""Apply for a matter: who, with which papers, what the matter's form asks, checked once more before it is sent."""

from flask import Response

from gateway.web import answering, own_applications, own_drafts
from gateway.web.declarations import RESIDENTS, Action, Read, Screen, WebPage
from gateway.web.form_screens import FormScreens
from gateway.web.later import asked_after
from gateway.web.pages.resident.application import materials
from gateway.web.visit import PageVisit
from services.civic.forms import facts
from services.civic.forms.model import form_of

ALL = "all"
"""What a mandate says that covers matters of every kind."""
MATTER, FORM = Read("GET /matters/{matter_id}"), Read("GET /matters/{matter_id}/form")
ME = Read("GET /residents/{resident_id}", lambda visit: {"resident_id": visit.actor.id})


def _asks(visit: PageVisit) -> FormScreens | None:
    """Give the form of the matter; None where it has none, or where it cannot be read just now."""
    matter = visit.parts.get("matter") or asked_after(visit, matter=MATTER)["matter"]
    if not matter or not matter.value["with_form"]:
        return None
    found = asked_after(visit, form=FORM)["form"]
    if not found:
        return None
    document = found.value["form"]
    known = of_the_account(visit) if facts.wanted(document) else {}
    form = form_of(document)
    draft = own_drafts.gone_on_with(visit, form)
    own = FormScreens(form, visit.sent, known)
    own.kept = draft
    return own


def of_the_account(visit: PageVisit) -> dict[str, str]:
    """Say what the account will fill in, as it is shown; of a ward no more than the name that the page says anyway."""
    if visit.mandate:
        return {"name": visit.ward.name or "您代办的人", "phone": "您代办的人在村里登记的手机号"}
    found = visit.parts.get("me") or asked_after(visit, me=ME)["me"]
    me = found.value or {
        "name": "照实名认证的姓名",
        "phone": "",
        "phone_state": "lost",
    }
    lost = me["phone_state"] == "lost"
    return {"name": me["name"]} if lost else {"name": me["name"], "phone": me["phone"]}


def _given(visit: PageVisit) -> dict:
    own = visit.screens("apply")
    answers = {"answers": own.answers()} if own else {}
    return {"matter_id": visit.path["matter_id"], **materials(visit), **answers}


def _keeps(visit: PageVisit) -> Response:
    own = visit.screens("apply")
    return own_drafts.keep(visit, own, _given(visit)) if own else answering.see_other(own_drafts.LIST)


def _who_and_the_form(visit: PageVisit) -> dict:
    return {
        "asked": visit.screens("apply"),
        "account": of_the_account(visit),
        "beyond": beyond_the_mandate(visit),
        "already": own_applications.under_way(visit.parts["mine"], visit.path["matter_id"]),
    }


def beyond_the_mandate(visit: PageVisit) -> bool:
    """Tell whether the ward's mandate leaves out matters of this kind: better said before a long form than after it."""
    mandate, matter = visit.parts["mandate"], visit.parts["matter"]
    if not mandate or not matter or ALL in mandate.value["matters"]:
        return False
    return matter.value["kind"] not in mandate.value["matters"]


PAGE = WebPage(
    "/guide/{matter_id}/apply",
    "网上申请",
    RESIDENTS,
    reads={
        "matter": MATTER,
        "me": ME,
        "mine": own_applications.MINE,
        "mandate": Read(
            "GET /mandates/{mandate_id}",
            lambda visit: {"mandate_id": visit.mandate} if visit.mandate else None,
            optional=True,
        ),
    },
    acts={
        "apply": Action(
            "POST /applications",
            "核对无误，提交申请",
            given=_given,
            to="/my/applications/{id}",
            done="申请已提交。办理单位会在 5 个工作日内告诉您受理不受理、缺什么材料。",
            starts=lambda visit: {"phone": visit.sent.get("phone", "")},
            steps=(
                Screen("申请人和材料", ("phone",), ("material", "note")),
                Screen("核对", ()),
            ),
            asks=_asks,
            keeps=_keeps,
        )
    },
    prepare=_who_and_the_form,
)
