"""Which departments hear what: who applied, who wants it changed, who is connected."""

from flask import Response

from gateway.web import answering, places
from gateway.web.declarations import OFFICIALS, Given, Read, WebPage
from gateway.web.later import asked_after
from gateway.web.visit import PageVisit

OTHERS: tuple[dict[str, str | bool], ...] = (
    {"change_asked": True},
    {"state": "granted"},
    {"state": "connected"},
)
"""Where else something may wait or be, in the order in which it is looked for."""


def opened(visit: PageVisit) -> dict | Response:
    """Name the places; who comes without a state, while nobody has applied, sees the first one in which somebody is."""
    found = visit.parts["departments"]
    if found and not found.items and not visit.query["state"] and not visit.query["change_asked"]:
        others = {str(at): Read("GET /departments", _one_of(asked)) for at, asked in enumerate(OTHERS)}
        for part, asked in zip(asked_after(visit, **others).values(), OTHERS, strict=True):
            if part.items:
                [(name, value)] = asked.items()
                return answering.see_other(f"/work/departments?{name}={str(value).lower()}")
    return places.of_rows(visit, found)


def _one_of(asked: dict) -> Given:
    return lambda _visit: {**asked, "limit": 1}


PAGE = WebPage(
    "/work/departments",
    "部门订阅",
    OFFICIALS,
    reads={"departments": Read("GET /departments", passed=("state", "change_asked", "cursor"))},
    prepare=opened,
)
