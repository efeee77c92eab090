"""One department's subscription: grant it, confirm that it is the office, refuse, revoke, and answer a change."""

from gateway.web import places
from gateway.web.declarations import OFFICIALS, Action, Read, WebPage
from gateway.web.desk import DeskStep, chosen
from gateway.web.visit import PageVisit

DESK = "/departments/{department_id}"


def stands(*states: str):
    """Fit in these states."""
    return lambda one: one["state"] in states


def asks_change(one: dict) -> bool:
    """Fit where a change waits for an answer."""
    return bool(one["change"]) and one["change"]["state"] == "asked"


STEPS = (
    DeskStep("grant_subscription", "批准", "批准以后还要核实是不是这个单位，才能接通。", stands("applied")),
    DeskStep("refuse_subscription", "不批准", "部门会看到理由。", stands("applied")),
    DeskStep(
        "confirm_office",
        "核实是这个单位",
        "请打查到的总机，或者见面、看公函；不要用申请里写的电话。对方要报出 8 位确认码。",
        stands("granted"),
    ),
    DeskStep("grant_change", "批准变更", "", asks_change),
    DeskStep("refuse_change", "不批准变更", "部门会看到理由。", asks_change),
    DeskStep(
        "revoke_subscription", "撤销订阅", "立刻不再提供，部门会看到理由。", stands("granted", "connected")
    ),
)


def desk(visit: PageVisit) -> dict:
    """Give the steps that fit, and the names of the places."""
    found = visit.parts["department"]
    one = found.value if found else {}
    return {
        **chosen(visit, STEPS, found),
        "places": places.names(visit, [one.get("region"), (one.get("change") or {}).get("region")]),
    }


PAGE = WebPage(
    "/work/departments/{department_id}",
    "部门订阅",
    OFFICIALS,
    reads={"department": Read(f"GET {DESK}")},
    acts={
        "grant_subscription": Action(f"POST {DESK}/grant", "批准", ("days",), done="已批准。"),
        "refuse_subscription": Action(f"POST {DESK}/refusal", "不批准", ("reason",), done="已答复部门。"),
        "confirm_office": Action(
            f"POST {DESK}/confirmation", "已核实", ("code", "way"), done="已核实，可以接通。"
        ),
        "grant_change": Action(f"POST {DESK}/change/grant", "批准变更", ("days",), done="变更已批准。"),
        "refuse_change": Action(
            f"POST {DESK}/change/refusal", "不批准变更", ("reason",), done="已答复部门。"
        ),
        "revoke_subscription": Action(f"POST {DESK}/revocation", "撤销", ("reason",), done="订阅已撤销。"),
    },
    prepare=desk,
)
