"""Who hears of ended sessions begins with the first request of each process, and again where it was closed."""

import pytest

from gateway import revoked_sessions
from gateway.errors import Unauthenticated
from gateway.revoked_sessions import RevokedSessions
from services.chassis.core import per_process
from services.chassis.core.settings import Settings


class Identity:
    """Knows that every session goes on."""

    def call(self, service, method, asked, actor, timeout):
        return {"state": "active"}


class Listener:
    """Hears nothing; `begun` are those that were made, `closed` those that were closed."""

    begun, closed = [], []

    def __init__(self, uri, ended):
        self.begun.append(self)

    def close(self):
        self.closed.append(self)


@pytest.fixture
def sessions(monkeypatch):
    monkeypatch.setattr(Listener, "begun", [])
    monkeypatch.setattr(Listener, "closed", [])
    monkeypatch.setattr(revoked_sessions, "SessionEndListener", Listener)
    return RevokedSessions(Identity(), Settings())


def test_hearing_is_begun_once_and_again_only_where_it_was_closed(sessions):
    for _ in range(3):
        sessions.refuse("s1")
    assert len(Listener.begun) == 1
    sessions.close()
    sessions.close()
    assert Listener.closed == Listener.begun
    sessions.refuse("s1")
    assert len(Listener.begun) == 2


def test_a_forked_process_hears_for_itself_and_closes_nothing_of_its_parents(sessions, monkeypatch):
    sessions.refuse("s1")
    monkeypatch.setattr(per_process.os, "getpid", lambda: -1)
    sessions.close()
    assert Listener.closed == []
    sessions.refuse("s1")
    assert len(Listener.begun) == 2


def test_who_has_ended_is_refused_while_nobody_is_asked(sessions):
    sessions.note("s1", "2099-01-01T00:00:00+00:00")
    with pytest.raises(Unauthenticated):
        sessions.refuse("s1")
    sessions.refuse("s2")
