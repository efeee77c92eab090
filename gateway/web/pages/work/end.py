"""A death or an end that a village reported: another official confirms it, or finds that it is not so."""

from gateway.web import places
from gateway.web.declarations import OFFICIALS, Action, Read, WebPage
from gateway.web.desk import DeskStep, chosen
from gateway.web.picking import only_row
from gateway.web.visit import PageVisit

STEPS = (
    DeskStep("confirm_end", "核实无误，停用账号", "核实以后本人不能再登录。有误的可以恢复。"),
    DeskStep("dismiss_end", "上报有误，撤掉", "账号照常使用。"),
)


def desk(visit: PageVisit) -> dict:
    """Find the report in its list: one resident's page says nothing of it."""
    one = only_row(visit.parts["ends"], visit.path["resident_id"])
    return {
        **chosen(visit, STEPS, visit.parts["ends"]),
        "one": one,
        "places": places.names(visit, [one["region"]] if one else []),
    }


PAGE = WebPage(
    "/work/ends/{resident_id}",
    "上报的死亡或停用",
    OFFICIALS,
    reads={
        "ends": Read("GET /residents/end-reports", lambda visit: {"limit": 100}, passed=("kind", "cursor")),
    },
    acts={
        "confirm_end": Action(
            "POST /residents/{resident_id}/end-report/confirmation",
            "核实无误，停用账号",
            done="已核实，账号已停用。",
            to="/work/ends",
        ),
        "dismiss_end": Action(
            "POST /residents/{resident_id}/end-report/dismissal",
            "撤掉上报",
            done="上报已撤掉，账号照常使用。",
            to="/work/ends",
        ),
    },
    prepare=desk,
)
