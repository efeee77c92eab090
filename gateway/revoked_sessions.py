"""Sessions that have ended: their access tokens read nothing more, although they have not expired.

What a session writes, and what it reads in full, asks identity each time (`Authentication`); this is for all other reads. Each gateway process hears `identity.session.ended` and remembers until the tokens have expired. Until it has heard
everything, and while it cannot hear, it asks identity about each request, and refuses it where nobody answers.
"""

import time
from datetime import datetime

from gateway.errors import Unauthenticated
from gateway.session_end_listener import SessionEndListener
from services.chassis.core.per_process import PerProcess
from services.chassis.core.settings import Settings
from services.civic.actor import SYSTEM

MOST = 100_000
"""Ended sessions that one process remembers, about 20 MB; past it identity is asked."""
PATIENCE = 2.0
"""Seconds that identity is waited for: while it hangs, neither requests nor what the relay tells may be held up."""


class RevokedSessions:
    """What one process knows of them; the thread that hears begins with the first request of each process."""

    def __init__(self, client, settings: Settings):
        self._client = client
        self._listener = PerProcess(lambda: SessionEndListener(settings.amqp_uri, self))
        self._until: dict[str, float] = {}
        self._since: str | None = None
        self._hears_all = False

    def refuse(self, session: str) -> None:
        """Raise Unauthenticated where the session is over, Unavailable where that cannot be found out."""
        self._listener.get()
        if session in self._until or not (self._hears_all or self._goes_on(session)):
            raise session_over()

    def note(self, session: str, tokens_expire_at: str) -> None:
        """Remember an ended session until its last access token has expired."""
        if len(self._until) >= MOST:
            return self.miss()
        self._until[session] = datetime.fromisoformat(tokens_expire_at).timestamp()

    def load(self) -> None:
        """Ask identity for all that ended since it was last asked; raises DomainError."""
        answer = self._client.call(
            "identity", "ended_sessions", {"since": self._since}, SYSTEM, timeout=PATIENCE
        )
        self._until = {session: until for session, until in self._until.items() if until > time.time()}
        for one in answer["items"]:
            self.note(one["session_id"], one["tokens_expire_at"])
        if answer["whole"] and len(self._until) < MOST:
            self._since, self._hears_all = answer["asked_at"], True
        else:
            self.miss()

    def miss(self) -> None:
        """Note that something may have been missed: what is known holds, for the rest identity is asked."""
        self._since, self._hears_all = None, False

    def close(self) -> None:
        """End the thread."""
        listener = self._listener.take()
        if listener:
            listener.close()

    def _goes_on(self, session: str) -> bool:
        asked = {"session_id": session}
        answer = self._client.call("identity", "session_state", asked, SYSTEM, timeout=PATIENCE)
        return answer["state"] == "active"


def session_over() -> Unauthenticated:
    """Give the error for a token whose session has ended."""
    return Unauthenticated("token.session_over", "登录已结束，请重新登录。")
