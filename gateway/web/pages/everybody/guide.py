"""What can be done with an office: found by words or by kind."""

from gateway.web.declarations import EVERYBODY, Read, WebPage
from gateway.web.visit import PageVisit

KINDS = ("20", "5", "7", "1", "8", "9", "10")
"""Most asked for first."""


def _kinds(_visit: PageVisit) -> dict:
    return {"kinds": KINDS}


PAGE = WebPage(
    "/guide",
    "办事",
    EVERYBODY,
    reads={"matters": Read("GET /matters", passed=("text", "kind", "office", "cursor"))},
    prepare=_kinds,
    sentence="想办什么事，查要带什么材料、多久办完，能在网上申请。",
)
