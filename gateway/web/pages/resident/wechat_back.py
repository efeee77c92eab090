"""Bind WeChat: the browser is back from there, and the resident says yes."""

from gateway.web.declarations import RESIDENTS, Action, Read, WebPage
from gateway.web.visit import PageVisit


def came_back(visit: PageVisit) -> dict:
    """Give what WeChat sent along."""
    return {"code": visit.query["code"], "state": visit.query["state"]}


PAGE = WebPage(
    "/my/identity/wechat/back",
    "确认绑定微信",
    RESIDENTS,
    reads={"binding": Read("GET /wechat/binding")},
    prepare=lambda visit: {"whole": all(came_back(visit).values())},
    acts={
        "bind_wechat": Action(
            "POST /wechat/binding",
            "确认绑定",
            given=came_back,
            to="/my/identity/wechat",
            done="微信绑定好了，以后可以用它登录。",
        )
    },
    kept=False,
)
