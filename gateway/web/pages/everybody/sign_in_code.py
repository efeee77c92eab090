"""Sign in without a password: have a code sent to the phone."""

from flask import Response

from gateway.web import answering
from gateway.web.declarations import EVERYBODY, Action, WebPage
from gateway.web.done import with_done
from gateway.web.rendering import render
from gateway.web.visit import PageVisit

ASK = "ask_sign_in_code"


def code_sent(visit: PageVisit, answer: dict) -> Response:
    """Go on to the code; what somebody typed before their session was over cannot go along by an address, and takes one step more."""
    if not visit.sent.get("kept"):
        return answering.see_other(with_done(visit, PAGE.acts[ASK], ASK, answer))
    path = PAGE.acts[ASK].to.format(**answer)
    return answering.page(render("pages/code_sent.html", visit=visit, path=path), kept=False)


PAGE = WebPage(
    "/sign-in/code",
    "用验证码登录",
    EVERYBODY,
    acts={
        ASK: Action(
            "POST /codes",
            "发验证码",
            ("phone",),
            given=lambda visit: {"purpose": "sign_in"},
            to="/sign-in/code/{code_id}",
            done="如果这个手机号注册过，验证码已经用短信发到手机上。",
            finish=code_sent,
        )
    },
)
