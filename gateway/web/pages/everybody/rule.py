"""One power as steps: who decides, when, with which paper, by which law; what one has to do and may not do."""

from gateway.web.declarations import EVERYBODY, Read, WebPage

PAGE = WebPage(
    "/rules/{power_id}",
    "村里的规矩",
    EVERYBODY,
    reads={"power": Read("GET /powers/{power_id}")},
    sentence="谁来决定、分几步、依据哪部法律、什么不能做。",
)
