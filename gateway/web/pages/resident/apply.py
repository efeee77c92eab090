"""Apply for a matter: who, with which papers, checked once more before it is sent."""

from gateway.web.declarations import RESIDENTS, Action, Read, Screen, WebPage
from gateway.web.later import asked_after
from gateway.web.pages.resident.application import materials
from gateway.web.visit import PageVisit


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


PAGE = WebPage(
    "/guide/{matter_id}/apply",
    "网上申请",
    RESIDENTS,
    reads={
        "matter": Read("GET /matters/{matter_id}"),
        "me": Read("GET /residents/{resident_id}", lambda visit: {"resident_id": visit.actor.id}),
    },
    acts={
        "apply": Action(
            "POST /applications",
            "核对无误，提交申请",
            given=lambda visit: {"matter_id": visit.path["matter_id"], **materials(visit)},
            to="/my/applications/{id}",
            done="申请已提交。办理单位会在 5 个工作日内告诉您受理不受理、缺什么材料。",
            starts=_as_last_time,
            steps=(
                Screen("申请人和材料", ("name", "phone"), ("material", "note")),
                Screen("核对", ()),
            ),
        )
    },
)
