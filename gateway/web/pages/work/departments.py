"""Which departments hear what: who applied, who wants it changed, who is connected."""

from gateway.web import places
from gateway.web.declarations import OFFICIALS, Read, WebPage

PAGE = WebPage(
    "/work/departments",
    "部门订阅",
    OFFICIALS,
    reads={"departments": Read("GET /departments", passed=("state", "change_asked", "cursor"))},
    prepare=lambda visit: places.of_rows(visit, visit.parts["departments"]),
)
