"""A session: a family of refresh tokens of which only the newest works."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from services.chassis.core.errors import Forbidden, Rejected

if TYPE_CHECKING:
    from services.identity.access.account import Account, Guest


LIFETIME = timedelta(days=30)
ACCESS_LIFETIME = timedelta(minutes=15)
TOKENS_OUTLIVE = ACCESS_LIFETIME + timedelta(minutes=1)
"""How long access tokens can outlive the end of their session: their whole life, and what clocks differ by."""

NEW_SIGN_IN = timedelta(minutes=10)
"""How long after signing in somebody may do what cannot be undone."""

BROWSER_LIFETIMES = {"official": timedelta(hours=12), "entrant": timedelta(hours=12)}
"""How long a sign-in on the pages lasts where it is shorter than `LIFETIME`: an office's computer is used by others the next day."""
BROWSER_ACCESS = timedelta(minutes=5)
"""How long the gateway serves a browser before it asks again: by so much the idle time is inexact."""
IDLE_LIMITS = {"official": timedelta(minutes=30), "entrant": timedelta(minutes=30)}
"""After how long without a request a sign-in on the pages is over."""

RESEND_GRACE = timedelta(seconds=10)
"""How long the token before the newest is answered again: an answer that got lost on a slow line is asked for twice."""


@dataclass
class Session:
    """One person signed in on one device; `generation` counts the refresh tokens given out.

    `state` is active, ended (signed out) or revoked (an old refresh token was used). `opened_with` is the person's stamp.
    A `browser` holds a cookie instead of refresh tokens. `by` is wechat where it was begun with neither a password nor a code.
    """

    id: str
    region: str
    person: str
    kind: str
    started_at: datetime
    refreshed_at: datetime
    expires_at: datetime
    device: str = ""
    device_name: str = ""
    opened_with: str = ""
    generation: int = 1
    browser: bool = False
    state: str = "active"
    ended_at: datetime | None = None
    edition: str = ""
    formerly: list[dict] = field(default_factory=list)
    by: str = ""
    version: int = 0

    def rotate(self, generation: int, now: datetime) -> bool:
        """Use the token of a generation: True where a new one is due, False where the newest is given again.

        An older token means that somebody copied it: the whole family is revoked, and the caller must save that and
        then refuse (RFC 9700 section 4.14.2). `state` tells.
        """
        only_a_living_session_goes_on(self, now)
        if self.browser:
            raise session_over()
        if generation == self.generation:
            self.generation, self.refreshed_at = self.generation + 1, now
            return True
        if generation == self.generation - 1 and now - self.refreshed_at <= RESEND_GRACE:
            return False
        self.state, self.ended_at = "revoked", now
        return True

    def move_into_browser(self, now: datetime) -> None:
        """Go on by a cookie from now on; raises Forbidden where the session is over."""
        only_a_living_session_goes_on(self, now)
        lifetime = BROWSER_LIFETIMES.get(self.kind, LIFETIME)
        self.browser, self.expires_at = True, min(self.expires_at, self.started_at + lifetime)

    def end(self, now: datetime) -> None:
        """Sign out."""
        self.state, self.ended_at = "ended", now

    def news(self) -> list[tuple[str, dict]]:
        """The event of its end, once it is over: who trusts access tokens of it must stop."""
        if self.ended_at is None:
            return []
        until = (self.ended_at + TOKENS_OUTLIVE).isoformat()
        return [("session.ended", {"session_id": self.id, "tokens_expire_at": until})]


def start(
    id: str, person: Account, now: datetime, device: str = "", device_name: str = "", by: str = ""
) -> Session:
    """Begin a session of a person on a device; one without a name is called after its first session."""
    end = now + LIFETIME
    known = (id, person.region, person.id, person.kind, now, now, end, device, device_name, person.stamp)
    return Session(*known, edition=person.edition, by=by)


def visit(id: str, visiting: Guest, now: datetime) -> Session:
    """Begin a visit, which lasts as long as its one access token and is never renewed."""
    return Session(id, visiting.region, visiting.id, "visitor", now, now, now + ACCESS_LIFETIME)


def is_living(session: Session, now: datetime) -> bool:
    """Tell whether a session was neither ended nor revoked and has not expired."""
    return session.state == "active" and now < session.expires_at


def only_a_living_session_goes_on(session: Session, now: datetime) -> None:
    """An ended, revoked or expired session gives no more tokens."""
    if not is_living(session, now):
        raise session_over()


def only_a_browser_in_use_goes_on(session: Session, now: datetime) -> None:
    """A cookie opens the session that was given to a browser, and an official's only while it is used."""
    only_a_living_session_goes_on(session, now)
    idle = IDLE_LIMITS.get(session.kind)
    if not session.browser or (idle and now - session.refreshed_at > idle + BROWSER_ACCESS):
        raise session_over()


def only_after_a_new_sign_in(session: Session, now: datetime) -> None:
    """What cannot be undone needs the password or a code once more: a phone may lie about unlocked, and its WeChat with it."""
    if session.by:
        raise Forbidden(
            "session.not_by_password", "为了您的账号安全，请用密码或短信验证码重新登录，并在十分钟内办理。"
        )
    if now - session.started_at > NEW_SIGN_IN:
        raise Forbidden("session.not_new", "为了您的账号安全，请重新登录，并在十分钟内办理。")


def is_open_to(session: Session, person: Account | None) -> bool:
    """Tell whether what opened a session, password and second factor, is still the person's own."""
    return person is not None and session.opened_with == person.stamp


def next_step(person: Account) -> str | None:
    """Say what a person must do before anything else: choose a password, and where the role asks for it a second factor."""
    if person.password_is_one_time:
        return "choose_password"
    return "enrol_second_factor" if person.factor_is_due else None


def session_over() -> Forbidden:
    """One answer for a session that was ended, revoked or has expired, and for one whose person may no longer sign in."""
    return Forbidden("session.over", "登录已失效，请重新登录。")


def wrong_credentials(what: str = "账号或密码") -> Forbidden:
    """One answer for an unknown account and a wrong password, so that accounts cannot be found out.

    Who is signed in is asked for the password alone, and told so.
    """
    return Forbidden("session.wrong_credentials", f"{what}不对，请核对后重试。")


def a_code_is_sent_along(code: str | None) -> str:
    """Who has a second factor signs in with it; this is told only to whom the password was right."""
    if not code:
        raise Rejected("session.code_needed", "请输入验证器上的 6 位数字，或一个恢复码。")
    return code


def wrong_code() -> Forbidden:
    """Refuse a code that is wrong, was used already, or belongs to another time: a watcher learns nothing of which."""
    return Forbidden("session.wrong_code", "验证码不对或已用过，请等验证器显示下一个再试。")
