"""Choosing a village on a form: found by its name among the county's, so that nobody has to know its code."""

from gateway.web.declarations import Given, Read
from gateway.web.visit import PageVisit

MOST = 20
TEXT = "place"
"""The name under which a page's own search words come."""


def choosing(field: str) -> dict[str, Read]:
    """Give the reads with which a page lets a village be chosen for a field; `pages/village.html` shows them."""
    return {
        "found": Read("GET /regions/search", _found),
        "chosen": Read("GET /regions/{code}", _chosen(field), optional=True),
    }


def code_of(visit: PageVisit, field: str) -> str:
    """Give the code that was chosen, or that the address names."""
    return visit.sent.get(field, "") or visit.query["village"]


def begins_with(field: str) -> Given:
    """Let the form begin with the village that the address names."""
    return lambda visit: {field: visit.query["village"]}


def _found(visit: PageVisit) -> dict:
    return {"within": visit.home_county, "text": visit.sent.get(TEXT, "").strip() or "村", "limit": MOST}


def _chosen(field: str) -> Given:
    return lambda visit: {"code": code_of(visit, field) or visit.home_county}
