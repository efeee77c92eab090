"""What an official was told, newest first."""

from gateway.web.declarations import OFFICIALS, Action, Read, WebPage
from gateway.web.visit import PageVisit

PLACES = {
    "affairs.rating": "/work/ratings/{}",
    "affairs.review": "/work/reviews/{}",
    "affairs.application": "/work/applications/{}",
    "market.listing": "/work/listings/{}",
    "market.claim": "/work/disputes/{}",
    "identity.resident": "/work/residents/{}",
    "identity.mandate": "/work/mandates/{}",
    "identity.household": "/work/households/{}",
    "identity.department": "/work/departments/{}",
}
"""Where the thing stands that a notice speaks of, by the noun of its event."""


def place_of(notice: dict) -> str:
    """Give the desk of what a notice speaks of; "" where there is none."""
    return PLACES.get(notice["about"].rpartition(".")[0], "").format(notice["subject"])


def _places(_visit: PageVisit) -> dict:
    return {"place_of": place_of}


PAGE = WebPage(
    "/work/notices",
    "工作通知",
    OFFICIALS,
    reads={"notices": Read("GET /notices", passed=("cursor",))},
    acts={
        "read_all_notices_of_office": Action(
            "POST /notices/reading",
            "都看过了",
            given=lambda visit: {"up_to": visit.sent.get("up_to", "")},
            done="这些通知都记为看过了。",
        )
    },
    prepare=_places,
)
