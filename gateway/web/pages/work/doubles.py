"""Two accounts that seem to be one person's: the county looks at both, and merges them or leaves them."""

from gateway.web import places
from gateway.web.declarations import OFFICIALS, Read, WebPage

PAGE = WebPage(
    "/work/doubles",
    "疑似同一人的账号",
    OFFICIALS,
    reads={"doubles": Read("GET /residents/doubles", passed=("cursor",))},
    prepare=lambda visit: places.of_rows(visit, visit.parts["doubles"]),
)
