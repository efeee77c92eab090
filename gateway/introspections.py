"""Introspection: what a session lets its person do, as identity has it committed; asked for all requests that wait at a moment."""

import threading

from services.chassis.core.errors import DomainError, Unavailable
from services.civic.actor import SYSTEM
from services.identity.access.sessions.contract import MOST_INTROSPECTED


class Asking:
    """One request that wants to know of a session; whoever asks for it says what came, or that it is this one's turn to ask."""

    def __init__(self, session: str | None, kind: str):
        self.session, self.kind = session, kind
        self.items: list[dict] | None = None
        self.error: DomainError | None = None
        self.woken = threading.Event()


class Introspections:
    """Asks identity once for all who came while it was being asked: nobody is given what was read before they came.

    A lone request asks at once; of those that come meanwhile the first asks next, for all of them. Nothing is remembered.
    """

    def __init__(self, client):
        self._client = client
        self._lock = threading.Lock()
        self._waiting: list[Asking] = []
        self._busy = False

    def of(self, session: str | None, kind: str) -> dict | None:
        """Give what the session of somebody of this kind lets them do, None where it is over; raises Unavailable."""
        one = Asking(session, kind)
        with self._lock:
            self._waiting.append(one)
            waits, self._busy = self._busy, True
        if waits:
            one.woken.wait()
        if one.items is None and one.error is None:
            self._ask_for_all()
        if one.error is not None:
            raise one.error
        return next((item for item in one.items or () if item["session_id"] == session), None)

    def _ask_for_all(self) -> None:
        """Ask for those who wait, the caller first of them, then let the first of those ask who have come meanwhile."""
        with self._lock:
            batch, self._waiting = self._waiting[:MOST_INTROSPECTED], self._waiting[MOST_INTROSPECTED:]
        items: list[dict] | None = None
        error: DomainError = Unavailable("rpc.failed", "系统暂时不可用，请稍后再试。")
        try:
            items = self._client.call("identity", "introspect_sessions", _asked(batch), SYSTEM)["items"]
        except DomainError as refused:
            error = refused
        finally:
            with self._lock:
                following = self._waiting[:1]
                self._busy = bool(following)
            for one in batch:
                one.items, one.error = items, None if items is not None else error
            for one in (*batch, *following):
                one.woken.set()


def _asked(batch: list[Asking]) -> dict:
    wanted = sorted({(one.session, one.kind) for one in batch})
    return {"sessions": [{"session_id": session, "kind": kind} for session, kind in wanted]}
