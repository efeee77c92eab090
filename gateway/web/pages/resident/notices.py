"""What I was told, newest first."""

from gateway.web.declarations import RESIDENTS, Action, Read, WebPage
from gateway.web.visit import PageVisit

PLACES = {
    "affairs.application": "/my/applications/{}",
    "affairs.result": "/my/results/{}",
    "affairs.rating": "/my/ratings/{}",
    "affairs.review": "/my/reviews/{}",
    "market.order": "/my/orders/{}",
    "market.conversation": "/my/orders/{}",
    "market.listing": "/my/sales",
    "market.claim": "/my/claims/{}",
    "market.payment": "/my/orders/{}",
    "identity.resident": "/my/identity",
    "identity.wechat_binding": "/my/identity/wechat",
    "identity.disclosure": "/my/privacy/seen",
    "identity.mandate": "/my/helpers/{}",
    "identity.household": "/my/household",
    "identity.export": "/my/privacy/copies",
    "identity.erasure": "/my/privacy/erasure",
}
"""Where the thing stands that a notice speaks of, by the noun of its event."""


def place_of(notice: dict) -> str:
    """Give the page of what a notice speaks of; "" where there is none."""
    return PLACES.get(notice["about"].rpartition(".")[0], "").format(notice["subject"])


def with_places(_visit: PageVisit) -> dict:
    """Let a page lead from a notice to what it speaks of."""
    return {"place_of": place_of}


PAGE = WebPage(
    "/my/notices",
    "我的通知",
    RESIDENTS,
    reads={"notices": Read("GET /notices", passed=("cursor",))},
    acts={
        "read_all_notices": Action(
            "POST /notices/reading",
            "都看过了",
            given=lambda visit: {"up_to": visit.sent.get("up_to", "")},
            done="这些通知都记为看过了。",
        )
    },
    prepare=with_places,
)
