"""What became of a report, by its receipt, which travels in what forms send and never in an address."""

import hmac

from flask import Response, current_app, g

from gateway.web.declarations import EVERYBODY, Action, WebPage
from gateway.web.visit import PageVisit
from services.chassis.core.cleaning import compact
from services.chassis.core.errors import DomainError
from services.chassis.core.secrets import keyed_hash

TEMPLATE = "reporter/follow.html"
LOOK = "look"


def proof_of(stamp: str, receipt: str) -> str:
    """Give what a form holds of a receipt that is to be typed back: a hash with the gateway's key, and with the form's stamp."""
    key = current_app.extensions["web"].asking.settings.gateway_key
    return keyed_hash(key, "receipt typed back", stamp, compact(receipt))


def by_receipt(visit: PageVisit) -> dict:
    """Give the receipt as it was typed."""
    return {"receipt": visit.sent.get("receipt", "")}


def shown(visit: PageVisit, answer: dict) -> Response:
    """Show the report at once: to send the browser on would lose the receipt, or put it into an address."""
    name = visit.sent["act"]
    g.report, g.said = (answer, "") if name == LOOK else (None, visit.page.acts[name].done)
    return current_app.extensions["web"].show(visit, TEMPLATE)


def _report(visit: PageVisit) -> dict | None:
    """Read the report anew after something was done or refused; a look has read it, or found nothing."""
    if visit.sent.get("act") in (None, "again", LOOK):
        return g.get("report")
    try:
        return current_app.extensions["web"].asking.act(visit, PAGE.acts[LOOK], by_receipt(visit), None)
    except DomainError:
        return None


def _typed_back(visit: PageVisit) -> str:
    """Compare what was typed with the receipt that was shown, of which the form holds a hash."""
    typed, proof = visit.sent.get("typed"), visit.sent.get("proof", "")
    if typed is None:
        return ""
    true = proof_of(visit.sent.get("of", ""), typed)
    return "right" if hmac.compare_digest(true.encode(), proof.encode()) else "wrong"


def prepare(visit: PageVisit) -> dict:
    """Give what the page shows."""
    return {
        "report": _report(visit),
        "said": g.get("said", ""),
        "typed_back": _typed_back(visit),
        "receipt": visit.sent.get("receipt", ""),
    }


PAGE = WebPage(
    "/report/follow",
    "查举报的进展",
    EVERYBODY,
    acts={
        LOOK: Action("POST /reports/by-receipt", "查看", ("receipt",), finish=shown),
        "write_to_officer": Action(
            "POST /reports/by-receipt/messages",
            "发给承办人",
            ("text",),
            given=by_receipt,
            done="已经发给承办人。",
            finish=shown,
        ),
        "withdraw_report": Action(
            "POST /reports/by-receipt/withdrawal",
            "撤回举报",
            sure="撤回以后不再办，不能恢复。以后要举报，重新提交一次。",
            given=by_receipt,
            done="举报已撤回。",
            finish=shown,
        ),
        "rate_report": Action(
            "POST /reports/by-receipt/rating",
            "评价",
            ("stars",),
            given=by_receipt,
            done="谢谢您的评价。",
            finish=shown,
        ),
        "ask_review": Action(
            "POST /reports/by-receipt/review",
            "申请复核",
            given=by_receipt,
            done="已申请复核。",
            finish=shown,
        ),
    },
    prepare=prepare,
    trace=False,
)
