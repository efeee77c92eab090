"""Deaths and ends that villages reported, until the town has confirmed them."""

from gateway.web import places
from gateway.web.declarations import OFFICIALS, Read, WebPage

PAGE = WebPage(
    "/work/ends",
    "上报的死亡和停用",
    OFFICIALS,
    reads={"ends": Read("GET /residents/end-reports", passed=("kind", "cursor"))},
    prepare=lambda visit: places.of_rows(visit, visit.parts["ends"]),
)
