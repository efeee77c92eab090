"""Who hears of ended sessions begins with the first request, and again where that came to an end."""

import threading

import pytest

from gateway import revoked_sessions
from gateway.errors import Unauthenticated
from gateway.revoked_sessions import RevokedSessions
from services.chassis.core.settings import Settings

BOUND = 20


class Identity:
    """Knows that every session goes on."""

    def call(self, service, method, asked, actor, timeout):
        return {"state": "active"}


def test_hearing_is_begun_once_and_again_only_where_it_ended(monkeypatch):
    begun, go, over = threading.Semaphore(0), threading.Event(), threading.Event()

    def hear(uri, sessions, stopping):
        begun.release()
        go.wait(BOUND)
        over.set()

    monkeypatch.setattr(revoked_sessions, "hear", hear)
    sessions = RevokedSessions(Identity(), Settings())
    for _ in range(3):
        sessions.refuse("s1")
    assert begun.acquire(timeout=BOUND)
    assert not begun.acquire(blocking=False)
    go.set()
    assert over.wait(BOUND)
    sessions.close()
    sessions.refuse("s1")
    assert begun.acquire(timeout=BOUND)
    sessions.close()


def test_who_has_ended_is_refused_while_nobody_is_asked(monkeypatch):
    monkeypatch.setattr(revoked_sessions, "hear", lambda uri, sessions, stopping: None)
    sessions = RevokedSessions(Identity(), Settings())
    sessions.note("s1", "2099-01-01T00:00:00+00:00")
    with pytest.raises(Unauthenticated):
        sessions.refuse("s1")
    sessions.refuse("s2")
    sessions.close()
