"""What I applied for, newest first."""

from gateway.web.declarations import RESIDENTS, Read, WebPage

PAGE = WebPage(
    "/my/applications",
    "我的申请",
    RESIDENTS,
    reads={"applications": Read("GET /applications/mine", passed=("cursor",))},
)
