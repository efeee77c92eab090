"""A copy of everything that is held about me: asked for, gathered, and fetched for some days."""

from gateway.web.declarations import RESIDENTS, Action, Read, WebPage

PAGE = WebPage(
    "/my/privacy/copies",
    "我的全部信息",
    RESIDENTS,
    reads={"copies": Read("GET /exports", passed=("cursor",))},
    acts={
        "ask_copy": Action(
            "POST /exports", "要一份", done="正在收集，一般几分钟就好。过一会儿再打开这一页，就能下载。"
        )
    },
)
