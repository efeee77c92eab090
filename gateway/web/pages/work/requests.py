"""What residents ask to have corrected, and who wants to move away: longest waiting first."""

from gateway.web import places
from gateway.web.declarations import OFFICIALS, Read, WebPage

PAGE = WebPage(
    "/work/requests",
    "更正和迁出",
    OFFICIALS,
    reads={"requests": Read("GET /residents/requests", passed=("kind", "cursor"))},
    prepare=lambda visit: places.of_rows(visit, visit.parts["requests"]),
)
