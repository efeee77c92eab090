"""Who is in office, and whom the county has invited."""

from gateway.web import colleagues, places
from gateway.web.declarations import OFFICIALS, Read, WebPage
from gateway.web.visit import PageVisit


def named(visit: PageVisit) -> dict:
    """Name the places, and the officials in full: many masked names look the same."""
    officials, invitations = visit.parts["officials"], visit.parts["invitations"]
    called = colleagues.in_full(visit, [one["id"] for one in officials.items])
    return {**places.of_rows(visit, officials, invitations), "called": called}


PAGE = WebPage(
    "/work/officials",
    "工作人员",
    OFFICIALS,
    reads={
        "officials": Read("GET /officials", passed=("cursor",)),
        "invitations": Read("GET /invitations", lambda visit: {"limit": 100}),
    },
    prepare=named,
    in_full=True,
)
