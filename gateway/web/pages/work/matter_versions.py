"""Two versions of a matter beside each other: what became another, in words, and from when each was in force."""

from gateway.web.declarations import OFFICIALS, Read, WebPage
from gateway.web.later import asked_after
from gateway.web.numbers import whole_within
from gateway.web.visit import PageVisit

VERSION = "/matters/{matter_id}/versions/{number}"


def beside(visit: PageVisit) -> dict:
    """Ask for both versions, the last two unless others are chosen, and for what is different."""
    found = visit.parts["matter"]
    if not found:
        return {"numbers": (), "old": 0, "new": 0, "differences": found, "before": found, "after": found}
    last = found.value["number"]
    new = whole_within(visit.query["to"], 1, last, last)
    old = whole_within(visit.query["from"], 1, last, max(new - 1, 1))
    parts = asked_after(
        visit,
        differences=Read(f"GET {VERSION}/differences", lambda _: {"number": new, "against": old}),
        before=Read(f"GET {VERSION}", lambda _: {"number": old}),
        after=Read(f"GET {VERSION}", lambda _: {"number": new}),
    )
    return {"numbers": range(1, last + 1), "old": old, "new": new, **parts}


PAGE = WebPage(
    "/work/matters/{matter_id}/versions",
    "各版之间改了什么",
    OFFICIALS,
    reads={"matter": Read("GET /matters/{matter_id}")},
    prepare=beside,
)
