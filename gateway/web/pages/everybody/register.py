"""Register: who somebody is, where they live, and what is kept of them; then signed in."""

from urllib.parse import urlencode

from flask import Response, current_app

from gateway.web import answering, villages
from gateway.web.declarations import EVERYBODY, Action, Read, Screen, WebPage
from gateway.web.pages.everybody.sign_in import PAGE as SIGN_IN
from gateway.web.typed import today
from gateway.web.visit import PageVisit
from services.chassis.core.cleaning import is_number
from services.chassis.core.errors import DomainError
from services.identity.people.residents.contract import wrong_by_field


def notice_as_read(visit: PageVisit) -> dict:
    """Say which version of the notice stood on the page."""
    version = visit.sent.get("notice", "")
    return {"notice_version": int(version) if is_number(version) and len(version) < 7 else version}


def registered(visit: PageVisit, _made: dict) -> Response:
    """Go on signed in; where that does not work just now, the page to sign in says that the registration did."""
    views = current_app.extensions["web"]
    entered = {"login": visit.sent.get("phone", ""), "password": visit.sent.get("password", "")}
    answer = answering.see_other(_start(visit))
    try:
        views.sessions.keep(answer, views.asking.act(visit, SIGN_IN.acts["sign_in"], entered, None))
    except DomainError:
        return answering.see_other(_start(visit, "/sign-in"))
    return answer


def _start(visit: PageVisit, path: str = "/my") -> str:
    """Give where it is said that the registration is done, with the way back to what somebody was about to do."""
    back = {"back": visit.back} if visit.back else {}
    return f"{path}?{urlencode({'done': 'register', **back})}"


def _not_twice(visit: PageVisit) -> dict | Response:
    """Send on who is signed in, as somebody is who comes back to this page after having registered on it."""
    if visit.actor.kind != "resident":
        return {}
    return answering.see_other(_start(visit) if visit.request.method == "POST" else "/my")


def paper_is_right(_visit: PageVisit, asked: dict) -> dict[str, str]:
    """Say what is wrong with the paper's number on the screen where it stands."""
    number = asked.get("id_number")
    return (
        wrong_by_field(asked.get("paper") or "id_card", number, asked.get("country"), today())
        if number
        else {}
    )


PAGE = WebPage(
    "/register",
    "注册",
    EVERYBODY,
    reads={"notice": Read("GET /privacy/notice"), **villages.choosing("village")},
    acts={
        "register": Action(
            "POST /residents",
            "核对无误，注册",
            given=notice_as_read,
            looks=paper_is_right,
            done="注册好了。请带身份证到村委会，当面核对以后就能网上办事。",
            finish=registered,
            begins=True,
            needed={"village": "请选择您的村。"},
            starts=lambda visit: {"paper": "id_card", "village": visit.query["village"]},
            steps=(
                Screen("您是谁", ("name", "id_number", "phone", "paper", "country")),
                Screen("您是哪个村的", ("village",), (villages.TEXT,)),
                Screen("核对", ("password",), ("notice",)),
            ),
        )
    },
    prepare=_not_twice,
    sentence="三步注册，村里核对以后，在手机上就能办事。",
)
