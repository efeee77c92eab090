"""The discipline desk: what waits, without a word of what was reported."""

from gateway.web.declarations import OFFICIALS, Read, WebPage

PAGE = WebPage(
    "/work/reports",
    "举报",
    OFFICIALS,
    reads={"reports": Read("GET /reports", passed=("state", "cursor"))},
    kept=False,
)
