"""The village's households, and which of them need care."""

from gateway.web import places
from gateway.web.declarations import OFFICIALS, Action, Read, WebPage
from gateway.web.visit import PageVisit


def head(visit: PageVisit) -> dict:
    """Begin a household with its head; the others are added on its own page."""
    return {"members": [{"resident_id": visit.sent.get("head", "").strip(), "relation": "head"}]}


PAGE = WebPage(
    "/work/households",
    "家庭",
    OFFICIALS,
    reads={"households": Read("GET /households", passed=("state", "mark", "cursor"))},
    acts={
        "form_household": Action(
            "POST /households", "登记新的一户", given=head, done="已登记。", to="/work/households/{id}"
        )
    },
    prepare=lambda visit: places.of_rows(visit, visit.parts["households"]),
)
