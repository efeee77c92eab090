"""A resident's start page: what has to be done first, what waits, what is new."""

from gateway.web.declarations import RESIDENTS, Read, WebPage
from gateway.web.pages.resident.notices import with_places
from gateway.web.visit import PageVisit


def _me(visit: PageVisit) -> dict:
    return {"resident_id": visit.actor.id}


def latest(visit: PageVisit) -> dict:
    """Ask for a few: the lists have the rest."""
    return {"limit": 5}


PAGE = WebPage(
    "/my",
    "我的",
    RESIDENTS,
    reads={
        "me": Read("GET /residents/{resident_id}", _me),
        "notices": Read("GET /notices", lambda visit: {"limit": 5, "unread": True}),
        "applications": Read("GET /applications/mine", latest),
        "orders": Read("GET /orders", latest),
    },
    prepare=with_places,
)
