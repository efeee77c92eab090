"""Sign in with WeChat: the browser goes there at once, and comes back with WeChat's answer."""

from flask import Response, current_app

from gateway.web import answering, wechat
from gateway.web.declarations import EVERYBODY, Read, WebPage
from gateway.web.visit import PageVisit


def go_there(visit: PageVisit) -> dict | Response:
    """Send the browser to WeChat; where the part is missing the page says so."""
    begun = visit.parts["begun"]
    if not begun:
        return {}
    answer = answering.see_other(begun.value["url"])
    answer.headers["Cache-Control"] = "no-store"
    secure = current_app.extensions["web"].sessions.secure
    wechat.remember(answer, begun.value["browser"], visit.back, secure)
    return answer


PAGE = WebPage(
    "/sign-in/wechat",
    "用微信登录",
    EVERYBODY,
    reads={"begun": Read("GET /wechat/sign-in")},
    prepare=go_there,
    kept=False,
)
