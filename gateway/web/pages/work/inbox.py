"""A clerk's one inbox: all that waits for them, the longest due on top, and a search by number or name."""

from gateway.web import places
from gateway.web.declarations import OFFICIALS, Read, WebPage
from gateway.web.visit import PageVisit

ASKED = ("reason", "matter_id", "region", "application_id", "name")
REASONS = ("overdue", "due_soon", "came_back", "new", "to_decide", "handed", "claimed", "not_supplied")
"""In the order in which a desk looks at them."""


def within(visit: PageVisit) -> dict:
    """Ask for the places below the official's own, to narrow the list."""
    return {"parent": places.own(visit, "clerk") or visit.home_county, "limit": 100}


def sought(visit: PageVisit) -> dict:
    """Leave blanks out of what was typed: a number is copied with them."""
    return {
        name: visit.query[name].replace(" ", "")
        for name in ("application_id", "name")
        if visit.query[name].strip()
    }


def told(visit: PageVisit) -> dict:
    """Name the places, and say whether somebody looks for one case."""
    codes = [row["region"] for row in visit.parts["inbox"].items]
    searched = bool(visit.query["application_id"].strip() or visit.query["name"].strip())
    return {"places": places.names(visit, codes), "searched": searched, "reasons": REASONS}


PAGE = WebPage(
    "/work/inbox",
    "我的待办",
    OFFICIALS,
    reads={
        "inbox": Read("GET /applications/inbox", sought, passed=(*ASKED, "cursor")),
        "counts": Read("GET /applications/inbox/counts"),
        "below": Read("GET /regions", within, optional=True),
    },
    prepare=told,
)
