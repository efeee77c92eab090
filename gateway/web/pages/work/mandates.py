"""Who acts for whom in the village."""

from gateway.web import places
from gateway.web.declarations import OFFICIALS, Read, WebPage

PAGE = WebPage(
    "/work/mandates",
    "代办委托",
    OFFICIALS,
    reads={"mandates": Read("GET /mandates", passed=("state", "photos_missing", "cursor"))},
    prepare=lambda visit: places.of_rows(visit, visit.parts["mandates"]),
)
