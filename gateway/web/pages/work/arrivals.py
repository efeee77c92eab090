"""Who wants to come here, and has been let go where they are."""

from gateway.web import places
from gateway.web.declarations import OFFICIALS, Read, WebPage

PAGE = WebPage(
    "/work/arrivals",
    "迁入",
    OFFICIALS,
    reads={"arrivals": Read("GET /residents/arrivals", passed=("cursor",))},
    prepare=lambda visit: places.of_rows(visit, visit.parts["arrivals"]),
)
