"""Apply for a matter: who, with which papers, what the matter's form asks, checked once more before it is sent."""

from gateway.web.declarations import RESIDENTS, Action, Read, Screen, WebPage
from gateway.web.form_screens import FormScreens
from gateway.web.later import asked_after
from gateway.web.pages.resident.application import materials
from gateway.web.visit import PageVisit
from services.civic.forms.model import form_of

MATTER, FORM = Read("GET /matters/{matter_id}"), Read("GET /matters/{matter_id}/form")


def _as_last_time(visit: PageVisit) -> dict:
    """Begin with name and phone of the last application: the account's own are nowhere told in full."""
    rows = asked_after(visit, rows=Read("GET /applications/mine", lambda _: {"limit": 1}))["rows"].items
    if not rows:
        return {}
    id = rows[0]["id"]
    last = asked_after(
        visit, last=Read("GET /applications/{application_id}", lambda _: {"application_id": id})
    )
    one = last["last"].value if last["last"] else {}
    return {"name": one.get("applicant_name", ""), "phone": one.get("applicant_phone", "")}


def _asks(visit: PageVisit) -> FormScreens | None:
    """Give the form of the matter; None where it has none, or where it cannot be read just now."""
    matter = visit.parts.get("matter") or asked_after(visit, matter=MATTER)["matter"]
    if not matter or not matter.value["with_form"]:
        return None
    found = asked_after(visit, form=FORM)["form"]
    known = {"name": visit.sent.get("name", ""), "phone": visit.sent.get("phone", "")}
    return FormScreens(form_of(found.value["form"]), visit.sent, known) if found else None


def _given(visit: PageVisit) -> dict:
    own = visit.screens("apply")
    answers = {"answers": own.answers()} if own else {}
    return {"matter_id": visit.path["matter_id"], **materials(visit), **answers}


def _form_of_the_matter(visit: PageVisit) -> dict:
    return {"asked": visit.screens("apply")}


PAGE = WebPage(
    "/guide/{matter_id}/apply",
    "网上申请",
    RESIDENTS,
    reads={
        "matter": MATTER,
        "me": Read("GET /residents/{resident_id}", lambda visit: {"resident_id": visit.actor.id}),
    },
    acts={
        "apply": Action(
            "POST /applications",
            "核对无误，提交申请",
            given=_given,
            to="/my/applications/{id}",
            done="申请已提交。办理单位会在 5 个工作日内告诉您受理不受理、缺什么材料。",
            starts=_as_last_time,
            steps=(
                Screen("申请人和材料", ("name", "phone"), ("material", "note")),
                Screen("核对", ()),
            ),
            asks=_asks,
        )
    },
    prepare=_form_of_the_matter,
)
