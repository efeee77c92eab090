"""One matter: what to bring, how long it takes, where it is done."""

from gateway.web.declarations import EVERYBODY, Read, WebPage

PAGE = WebPage(
    "/guide/{matter_id}",
    "事项",
    EVERYBODY,
    reads={"matter": Read("GET /matters/{matter_id}")},
    sentence="要带什么材料、多久办完，能在网上申请。",
)
