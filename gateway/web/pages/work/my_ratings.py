"""What a clerk reads of the own ratings: totals of months from ten up, and the bad ones that opened a case."""

from gateway.web.declarations import OFFICIALS, Read, WebPage

PAGE = WebPage(
    "/work/my-ratings",
    "群众对我的评价",
    OFFICIALS,
    reads={
        "totals": Read("GET /ratings/totals"),
        "bad": Read("GET /ratings/about-me", passed=("cursor",), optional=True),
    },
)
