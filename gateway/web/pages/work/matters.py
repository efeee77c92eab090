"""The catalogue's desk: drafts by state, what was looked for in vain, and the way to a matter."""

from gateway.web.declarations import OFFICIALS, Read, WebPage

PAGE = WebPage(
    "/work/matters",
    "事项目录",
    OFFICIALS,
    reads={
        "drafts": Read("GET /matter-drafts", passed=("state", "cursor")),
        "vain": Read("GET /vain-searches", lambda _: {"limit": 20}),
        "matters": Read(
            "GET /matters",
            lambda visit: {"text": visit.query["text"], "limit": 10} if visit.query["text"] else None,
        ),
    },
)
