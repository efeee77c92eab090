"""The versions of a power: an old one as it was, and what became another."""

from gateway.web.declarations import EVERYBODY, Read, WebPage
from gateway.web.later import asked_after
from gateway.web.numbers import whole_within
from gateway.web.visit import PageVisit

VERSION = "/powers/{power_id}/versions/{number}"


def beside(visit: PageVisit) -> dict:
    """Ask for the chosen version, the last one unless another is, and for what it says otherwise than the one before."""
    found = visit.parts["power"]
    if not found:
        return {"numbers": (), "number": 0, "version": found, "differences": found}
    last = found.value["number"]
    number = whole_within(visit.query["number"], 1, last, last)
    parts = asked_after(
        visit,
        version=Read(f"GET {VERSION}", lambda _: {"number": number}),
        differences=Read(f"GET {VERSION}/differences", lambda _: {"number": number}),
    )
    return {"numbers": range(1, last + 1), "number": number, **parts}


PAGE = WebPage(
    "/rules/{power_id}/versions",
    "以前的版本",
    EVERYBODY,
    reads={"power": Read("GET /powers/{power_id}")},
    prepare=beside,
)
