"""One application at the desk: what came, what is missing, and one screen per decision."""

from gateway.web import places
from gateway.web.declarations import OFFICIALS, Action, Read, WebPage
from gateway.web.desk import DeskStep, chosen
from gateway.web.pages.resident.application import materials
from gateway.web.visit import PageVisit

DESK, QUEUE = "/applications/{application_id}", "/work/applications"


def stands(*states: str):
    """Fit in these states."""
    return lambda one: one["state"] in states


STEPS = (
    DeskStep(
        "notify_missing",
        "一次性告知补正材料",
        "只能告知一次，请把缺的材料全部勾上。超过 5 个工作日没有告知的，自收到之日起就算受理。",
        lambda one: one["state"] == "submitted" and not one["notice"],
    ),
    DeskStep(
        "decline_application",
        "不予受理",
        "请写明理由；不归本单位管的，写明应当向哪个机关申请。申请人同时会看到怎样复议和起诉。",
        stands("submitted", "supplemented"),
    ),
    DeskStep(
        "decide_application",
        "作出决定",
        "不予批准的，必须写明理由。申请人同时会看到怎样复议和起诉。",
        stands("accepted"),
    ),
    DeskStep(
        "lapse_application",
        "逾期未补正，终止",
        "补正期限过了才能终止，申请人可以重新申请。",
        stands("materials_missing"),
    ),
)


def desk(visit: PageVisit) -> dict:
    """Give the steps that fit, which of the materials on the published list have come, and the name of the place."""
    found = visit.parts["application"]
    one = found.value if found else {"materials": [], "required": [], "region": None}
    came = {each["name"] for each in one["materials"]}
    checklist = [{"name": name, "came": name in came} for name in one["required"] or []]
    more = [each for each in one["materials"] if each["name"] not in (one["required"] or [])]
    return {
        **chosen(visit, STEPS, found),
        "checklist": checklist,
        "remarks": {each["name"]: each["note"] for each in one["materials"]},
        "more": more,
        "places": places.names(visit, [one["region"]]),
    }


PAGE = WebPage(
    "/work/applications/{application_id}",
    "办事申请",
    OFFICIALS,
    reads={"application": Read("GET /applications/{application_id}")},
    acts={
        "accept_application": Action(f"POST {DESK}/acceptance", "受理", done="已受理，办结期限从今天算起。"),
        "notify_missing": Action(
            f"POST {DESK}/notice",
            "发出告知书",
            ("text", "supply_days"),
            given=materials,
            done="告知书已发出，等申请人补正。请办下一件。",
            to=QUEUE,
        ),
        "decline_application": Action(
            f"POST {DESK}/refusal", "不予受理", ("reason",), done="已答复申请人。请办下一件。", to=QUEUE
        ),
        "decide_application": Action(
            f"POST {DESK}/decision",
            "作出决定",
            ("outcome", "reason"),
            done="决定已作出，申请人会收到通知。请办下一件。",
            to=QUEUE,
        ),
        "lapse_application": Action(f"POST {DESK}/lapse", "终止", done="已终止。请办下一件。", to=QUEUE),
    },
    prepare=desk,
)
