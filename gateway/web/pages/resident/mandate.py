"""One mandate: what it covers, what was done under it, and to accept it, refuse it, use it or end it."""

from flask import Response, current_app

from gateway.web import acting_for, answering
from gateway.web.declarations import RESIDENTS, Action, Read, WebPage
from gateway.web.visit import PageVisit


def acts_for_the_ward(visit: PageVisit, mandate: dict) -> Response:
    """Let this browser act for the ward from now on."""
    answer = answering.see_other("/my?done=act_for_ward")
    ward = acting_for.Ward(mandate["id"], mandate["ward_name"] or "")
    acting_for.choose(answer, visit.actor, ward, current_app.extensions["web"].sessions.secure)
    return answer


PAGE = WebPage(
    "/my/helpers/{mandate_id}",
    "委托代办",
    RESIDENTS,
    reads={
        "mandate": Read("GET /mandates/{mandate_id}"),
        "done_for": Read("GET /mandates/{mandate_id}/acts", passed=("cursor",)),
    },
    acts={
        "accept_mandate": Action("POST /mandates/{mandate_id}/acceptance", "答应代办", done="您答应了代办。"),
        "refuse_mandate": Action("POST /mandates/{mandate_id}/refusal", "不答应", done="您没有答应代办。"),
        "end_mandate": Action(
            "POST /mandates/{mandate_id}/ending",
            "停止代办",
            ("reason",),
            done="代办已经停止。",
            sure="停止以后对方马上不能再替您办事；要再请，得重新委托。",
        ),
        "act_for_ward": Action(
            "GET /mandates/{mandate_id}",
            "替他办事",
            finish=acts_for_the_ward,
            done="现在替别人办：下面的申请和订单都是他的，通知还是您自己的。",
        ),
    },
)
