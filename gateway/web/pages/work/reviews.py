"""Reviews of the own place: what waits for somebody, what I have taken, what is decided; the most urgent first."""

from gateway.web import places
from gateway.web.declarations import OFFICIALS, Read, WebPage

PAGE = WebPage(
    "/work/reviews",
    "复核",
    OFFICIALS,
    reads={"reviews": Read("GET /reviews", passed=("state", "cursor"))},
    prepare=lambda visit: places.of_rows(visit, visit.parts["reviews"]),
)
