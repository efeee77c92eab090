"""The certification desk's queue: who waits, longest first."""

from gateway.web import places
from gateway.web.declarations import OFFICIALS, Read, WebPage

PAGE = WebPage(
    "/work/residents",
    "居民名单",
    OFFICIALS,
    reads={"residents": Read("GET /residents", passed=("state", "escalated", "cursor"))},
    prepare=lambda visit: places.of_rows(visit, visit.parts["residents"]),
)
