"""The powers of a village for everybody: by group, or found by what people say."""

from gateway.web.declarations import EVERYBODY, Read, WebPage
from services.integrity.openness.powers.contract import GROUPS

PAGE = WebPage(
    "/rules",
    "村里的事谁说了算",
    EVERYBODY,
    reads={"powers": Read("GET /powers", passed=("text", "group", "cursor"))},
    prepare=lambda _visit: {"groups": GROUPS},
    sentence="分红、征地款、盖章、低保：村里的每件事谁来定、分几步、要公开什么、什么不能做。",
)
