"""A claim for money back, for both of its sides: each is offered what it can do now."""

from gateway.web.declarations import RESIDENTS, Action, Read, WebPage
from gateway.web.visit import PageVisit


def side(visit: PageVisit) -> dict:
    """Tell on which side the reader stands."""
    claim = visit.parts["claim"]
    sells = claim and not visit.mandate and claim.value["seller_id"] in visit.actor.entries
    return {"side": "seller" if sells else "buyer"}


def by_carrier(_visit: PageVisit) -> dict:
    """Choose the usual way."""
    return {"way": "carrier"}


PAGE = WebPage(
    "/my/claims/{claim_id}",
    "退款",
    RESIDENTS,
    reads={"claim": Read("GET /claims/{claim_id}")},
    acts={
        "withdraw_claim": Action("POST /claims/{claim_id}/withdrawal", "不退了，撤回", done="已撤回。"),
        "dispute": Action(
            "POST /claims/{claim_id}/dispute", "请县里处理", ("statement",), done="已交给县里处理。"
        ),
        "send_back": Action(
            "POST /claims/{claim_id}/return",
            "已经退回去了",
            ("way", "carrier", "tracking"),
            starts=by_carrier,
            done="已记下您退回了东西。",
        ),
        "agree": Action("POST /claims/{claim_id}/agreement", "同意", done="已同意。"),
        "refuse": Action("POST /claims/{claim_id}/refusal", "不同意", ("reason",), done="已答复买家。"),
        "confirm_return": Action(
            "POST /claims/{claim_id}/return/confirmation", "退回的东西收到了", done="已确认，钱会退给买家。"
        ),
    },
    prepare=side,
)
