"""Another password; who is signed in elsewhere is so no more."""

from flask import Response

from gateway.web import answering
from gateway.web.declarations import RESIDENTS, Action, WebPage
from gateway.web.visit import PageVisit


def changed(_visit: PageVisit, _tokens: dict) -> Response:
    """Go back to where it was begun, with the new session."""
    return answering.see_other("/my/privacy?done=change_password")


PAGE = WebPage(
    "/my/password",
    "换密码",
    RESIDENTS,
    acts={
        "change_password": Action(
            "POST /sessions/password",
            "换密码",
            ("old_password", "new_password"),
            finish=changed,
            done="密码换好了，别的设备都退出了。",
            signs_in=True,
        )
    },
)
