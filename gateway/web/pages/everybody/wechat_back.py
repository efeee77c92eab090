"""Sign in with WeChat: the browser is back, and whoever holds it says yes."""

from flask import Response, current_app

from gateway.web import answering, wechat
from gateway.web.declarations import EVERYBODY, Action, WebPage
from gateway.web.pages.everybody.sign_in import STARTS
from gateway.web.visit import PageVisit


def _secure() -> bool:
    return current_app.extensions["web"].sessions.secure


def came_back(visit: PageVisit) -> dict:
    """Give what WeChat sent along, and the secret of this browser: only the one that went there comes back."""
    told = {"code": visit.query["code"], "state": visit.query["state"]}
    return {**told, "browser": wechat.browser_of(visit, _secure())}


def is_whole(visit: PageVisit) -> dict:
    """Tell the page whether there is anything to say yes to: who refused, or came by a strange link, has no form."""
    secure = _secure()
    return {"whole": all(came_back(visit).values()), "back": wechat.back_of(visit, secure)}


def signed_in(visit: PageVisit, tokens: dict) -> Response:
    """Go on where somebody wanted to go before; what the address says of that counts for nothing."""
    answer = answering.see_other(wechat.back_of(visit, _secure()) or STARTS[tokens["kind"]])
    wechat.forget(answer, _secure())
    return answer


PAGE = WebPage(
    "/sign-in/wechat/back",
    "微信登录",
    EVERYBODY,
    prepare=is_whole,
    acts={
        "sign_in_by_wechat": Action(
            "POST /sessions/by-wechat", "登录", given=came_back, finish=signed_in, signs_in=True
        )
    },
    kept=False,
)
