"""A session: a family of refresh tokens of which only the newest works."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from services.chassis.errors import Forbidden, Rejected

LIFETIME = timedelta(days=30)
ACCESS_LIFETIME = timedelta(minutes=15)
TOKENS_OUTLIVE = ACCESS_LIFETIME + timedelta(minutes=1)
"""How long access tokens can outlive the end of their session: their whole life, and what clocks differ by."""

NEW_SIGN_IN = timedelta(minutes=10)
"""How long after signing in somebody may do what cannot be undone."""

RESEND_GRACE = timedelta(seconds=10)
"""How long the token before the newest is answered again: an answer that got lost on a slow line is asked for twice."""


@dataclass
class Session:
    """One person signed in on one device; `generation` counts the refresh tokens given out.

    `state` is active, ended (signed out) or revoked (an old refresh token was used).
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
    generation: int = 1
    state: str = "active"
    ended_at: datetime | None = None
    version: int = 0

    def rotate(self, generation: int, now: datetime) -> bool:
        """Use the token of a generation: True where a new one is due, False where the newest is given again.

        An older token means that somebody copied it: the whole family is revoked, and the caller must save that and
        then refuse (RFC 9700 section 4.14.2). `state` tells.
        """
        only_a_living_session_goes_on(self, now)
        if generation == self.generation:
            self.generation, self.refreshed_at = self.generation + 1, now
            return True
        if generation == self.generation - 1 and now - self.refreshed_at <= RESEND_GRACE:
            return False
        self.state, self.ended_at = "revoked", now
        return True

    def end(self, now: datetime) -> None:
        """Sign out."""
        self.state, self.ended_at = "ended", now

    def news(self) -> list[tuple[str, dict]]:
        """Give the event of its end, once it is over: who trusts access tokens of it must stop."""
        if self.ended_at is None:
            return []
        until = (self.ended_at + TOKENS_OUTLIVE).isoformat()
        return [("session.ended", {"session_id": self.id, "tokens_expire_at": until})]


def start(id: str, person, now: datetime, device: str = "", device_name: str = "") -> Session:
    """Begin a session of a person on a device; one without a name is called after its first session."""
    end = now + LIFETIME
    return Session(id, person.region, person.id, person.kind, now, now, end, device, device_name)


def only_a_living_session_goes_on(session: Session, now: datetime) -> None:
    """An ended, revoked or expired session gives no more tokens."""
    if session.state != "active" or now >= session.expires_at:
        raise Forbidden("session.over", "登录已失效，请重新登录。")


def only_after_a_new_sign_in(started_at: datetime, now: datetime) -> None:
    """What cannot be undone needs the password or a code once more: a phone may lie about unlocked."""
    if now - started_at > NEW_SIGN_IN:
        raise Forbidden("session.not_new", "为了您的账号安全，请重新登录，并在十分钟内办理。")


def a_one_time_password_is_replaced_first(person) -> None:
    """The first password only serves to choose one's own."""
    if person.password_is_one_time:
        raise Rejected("session.password_must_be_chosen", "请先用一次性密码设置自己的密码，然后再登录。")


def the_new_password_is_another_one(new: str, old: str) -> None:
    """The chosen password must not be the one-time password."""
    if new == old:
        raise Rejected("session.password_not_new", "新密码不能与一次性密码相同，请另设一个。")


def wrong_credentials() -> Forbidden:
    """One answer for an unknown account and a wrong password, so that accounts cannot be found out."""
    return Forbidden("session.wrong_credentials", "账号或密码不对，请核对后重试。")
