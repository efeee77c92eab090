"""Where everybody begins: what people do most, and the way to one's village."""

from gateway.web.declarations import EVERYBODY, Read, WebPage

PAGE = WebPage(
    "/",
    "乡治",
    EVERYBODY,
    reads={"listings": Read("GET /listings", lambda visit: {"limit": 5})},
    sentence="办事、买卖农产品、反映问题，在手机上就能办。",
)
