"""Sign out on this device: the session is over at once, for everybody who holds its cookie.

Whose session is over already is told so: nobody signs in to sign out.
"""

from flask import Response, current_app

from gateway.web import acting_for, answering
from gateway.web.declarations import EVERYBODY, Action, WebPage
from gateway.web.visit import PageVisit


def signed_out(visit: PageVisit, _answer: dict) -> Response:
    """Take the cookie away and go home."""
    answer = answering.see_other("/?done=sign_out")
    sessions = current_app.extensions["web"].sessions
    sessions.forget(answer)
    acting_for.choose_nobody(answer, sessions.secure)
    return answer


PAGE = WebPage(
    "/sign-out",
    "退出",
    EVERYBODY,
    acts={"sign_out": Action("DELETE /sessions/current", "退出", done="您已经退出。", finish=signed_out)},
)
