"""Another phone, or the proof that it is mine: have a code sent to it."""

from datetime import UTC, datetime, timedelta

from gateway.web.declarations import RESIDENTS, Action, Read, WebPage
from gateway.web.later import asked_after
from gateway.web.visit import PageVisit

NEW_SIGN_IN = timedelta(minutes=8)
"""The proof is taken ten minutes after a sign-in at most; two of them are left for the message to come."""
AGAIN = "登录久了，或者是用微信登录的，换手机号要先用密码或验证码重新登录。请点“重新登录”，再来发验证码。"
SESSIONS = {"sessions": Read("GET /sessions", lambda _: {"limit": 100}, optional=True)}


def is_new(sessions: list[dict], now: datetime) -> bool:
    """Tell whether the sign-in of this browser is new enough, by a password or a code; one that is not known counts as new, and the service refuses it."""
    own = next((one for one in sessions if one["this"]), None)
    if own and own.get("by"):
        return False
    return own is None or now - datetime.fromisoformat(own["started_at"]) < NEW_SIGN_IN


def signed_in_lately(visit: PageVisit) -> dict:
    """Tell the page whether to send a code, or to sign in again first."""
    return {"again": not is_new(visit.parts["sessions"].items, datetime.now(UTC))}


def no_message_in_vain(visit: PageVisit, _asked: dict) -> dict[str, str]:
    """Refuse to send a code that could not be used: the answer to it needs a new sign-in."""
    found = asked_after(visit, **SESSIONS)["sessions"]
    return {} if is_new(found.items, datetime.now(UTC)) else {"session": AGAIN}


PAGE = WebPage(
    "/my/identity/phone",
    "换手机号",
    RESIDENTS,
    reads=SESSIONS,
    prepare=signed_in_lately,
    acts={
        "ask_phone_code": Action(
            "POST /codes",
            "发验证码",
            ("phone",),
            looks=no_message_in_vain,
            given=lambda visit: {"purpose": "phone"},
            to="/my/identity/phone/{code_id}",
            done="验证码已经用短信发到这个手机上。",
        )
    },
)
