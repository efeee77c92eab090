"""The cookie of a browser that has gone to WeChat: by it the same browser is known when it is back, and where it wanted to go.

It is what binds WeChat's answer to the browser that asked (RFC 6749 section 10.12): nobody is signed in by a link that somebody else has sent.
The cookie lasts ten minutes, and goes when it has been used.
"""

from urllib.parse import quote, unquote

from flask import Response

from gateway.web.visit import LOCAL, PageVisit

SECONDS = 600
LONGEST_BACK = 500


def _name(secure: bool) -> str:
    return "__Host-xiangzhi-wechat" if secure else "xiangzhi-wechat"


def remember(answer: Response, browser: str, back: str, secure: bool) -> None:
    """Give the browser its secret, and where it wants to go on."""
    kept = quote(back, safe="") if len(back) <= LONGEST_BACK else ""
    value = f"{browser}.{kept}"
    answer.set_cookie(_name(secure), value, SECONDS, secure=secure, httponly=True, samesite="Lax")


def forget(answer: Response, secure: bool) -> None:
    """Take the cookie away: it is good for one way there and back."""
    answer.delete_cookie(_name(secure), secure=secure, httponly=True, samesite="Lax")


def browser_of(visit: PageVisit, secure: bool) -> str:
    """Give the secret of the browser; "" where it has none."""
    return visit.request.cookies.get(_name(secure), "").partition(".")[0][:64]


def back_of(visit: PageVisit, secure: bool) -> str:
    """Give where the browser wanted to go on; "" where that is no address of ours."""
    named = unquote(visit.request.cookies.get(_name(secure), "").partition(".")[2])
    return named if LOCAL.match(named) else ""
