"""The applications desk: one state at a time, what is due first on top."""

from gateway.web import places
from gateway.web.declarations import OFFICIALS, Read, WebPage

PAGE = WebPage(
    "/work/applications",
    "办事申请",
    OFFICIALS,
    reads={"applications": Read("GET /applications", passed=("state", "cursor"))},
    prepare=lambda visit: places.of_rows(visit, visit.parts["applications"]),
)
