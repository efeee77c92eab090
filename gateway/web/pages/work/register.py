"""The household register as it was imported: how far, and which lines were refused."""

from gateway.web.declarations import OFFICIALS, Read, WebPage

PAGE = WebPage(
    "/work/register",
    "户籍登记的导入",
    OFFICIALS,
    reads={"imports": Read("GET /household-register/imports", passed=("cursor",))},
)
