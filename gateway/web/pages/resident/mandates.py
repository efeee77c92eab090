"""Who may act for me, and for whom I may act."""

from flask import Response, current_app

from gateway.web import acting_for, answering, mandate_terms
from gateway.web.declarations import RESIDENTS, Action, Given, Read, WebPage
from gateway.web.visit import PageVisit


def _side(side: str) -> Given:
    """Ask for the mandates of one side; each list has its own way to the rest."""

    def asked(visit: PageVisit) -> dict:
        cursor = visit.query[f"{side}s"]
        return {"side": side, **({"cursor": cursor} if cursor else {})}

    return asked


def acts_for_oneself(visit: PageVisit, _nothing: dict) -> Response:
    """Forget for whom this browser acted."""
    answer = answering.see_other("/my?done=act_for_myself")
    acting_for.choose_nobody(answer, current_app.extensions["web"].sessions.secure)
    return answer


PAGE = WebPage(
    "/my/helpers",
    "请人代办",
    RESIDENTS,
    reads={
        "given": Read("GET /mandates/mine", _side("ward")),
        "taken": Read("GET /mandates/mine", _side("helper")),
    },
    acts={
        "offer_mandate": Action(
            "POST /mandates",
            "请他代办",
            ("helper_id", "months", "orders", "votes"),
            given=mandate_terms.matters,
            needed={"helper_id": "请填代办人的编号。", "months": "请填几个月，例如 12。"},
            done="已经请他代办，等他答应。",
        ),
        "act_for_myself": Action(
            "", "不替了，办我自己的", finish=acts_for_oneself, done="现在办您自己的事。"
        ),
    },
    prepare=mandate_terms.kinds,
)
