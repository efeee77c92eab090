"""One import of the household register: the lines that were not taken, and why."""

from gateway.web.declarations import OFFICIALS, Read, WebPage

PAGE = WebPage(
    "/work/register/{import_id}",
    "户籍登记的导入",
    OFFICIALS,
    reads={
        "found": Read("GET /household-register/imports/{import_id}"),
        "refusals": Read("GET /household-register/imports/{import_id}/refusals", passed=("cursor",)),
    },
)
