"""Who is in office, and whom the county has invited."""

from gateway.web import places
from gateway.web.declarations import OFFICIALS, Read, WebPage

PAGE = WebPage(
    "/work/officials",
    "工作人员",
    OFFICIALS,
    reads={
        "officials": Read("GET /officials", passed=("cursor",)),
        "invitations": Read("GET /invitations", lambda visit: {"limit": 100}),
    },
    prepare=lambda visit: places.of_rows(visit, visit.parts["officials"], visit.parts["invitations"]),
)
