"""Whoever comes while identity is being asked is asked about together, next; nobody is given what was read before they came."""

import threading

import pytest

from gateway.introspections import Introspections
from services.chassis.core.errors import Unavailable
from services.identity.access.sessions.contract import MOST_INTROSPECTED
from tests.unit.gateway.crowds import until

HELD = {"kind": "resident", "roles": [], "assurance": 1, "away": False}
OVER = "over"


class Slow:
    """Identity that answers when it is let; one session is over. `asked` tells who was asked about together."""

    def __init__(self):
        self.asked, self.let, self.error = [], threading.Semaphore(0), None

    def call(self, service, door, request, actor, timeout=None):
        assert (service, door) == ("identity", "introspect_sessions")
        sessions = [one["session_id"] for one in request["sessions"]]
        self.asked.append(sessions)
        assert self.let.acquire(timeout=20)
        if self.error:
            raise self.error
        return {"items": [{"session_id": one, **HELD} for one in sessions if one != OVER]}


class Crowd:
    """Requests at the same time, each in a thread of its own; `found` by session, also what was raised."""

    def __init__(self, identity):
        self.of, self.found, self.threads = Introspections(identity), [], []

    def comes(self, session):
        def ask():
            try:
                held = self.of.of(session, "resident")
                self.found.append((session, held and held["session_id"]))
            except Exception as error:
                self.found.append((session, type(error).__name__))

        self.threads.append(threading.Thread(target=ask, daemon=True))
        self.threads[-1].start()

    def waiting(self, count):
        until(lambda: len(self.of._waiting) == count)

    def all_answered(self):
        for one in self.threads:
            one.join(20)
        return sorted(self.found)


@pytest.fixture
def identity():
    return Slow()


@pytest.fixture
def crowd(identity):
    return Crowd(identity)


def asked_first(crowd, identity):
    crowd.comes("first")
    until(lambda: identity.asked == [["first"]])


def test_those_who_come_meanwhile_are_asked_about_together_and_each_is_given_their_own(crowd, identity):
    asked_first(crowd, identity)
    for session in ("b", "c", OVER, "b"):
        crowd.comes(session)
    crowd.waiting(4)
    identity.let.release(2)
    assert crowd.all_answered() == [("b", "b"), ("b", "b"), ("c", "c"), ("first", "first"), (OVER, None)]
    assert identity.asked == [["first"], ["b", "c", OVER]]


def test_who_comes_while_identity_is_asked_is_not_answered_with_what_was_read_before(crowd, identity):
    asked_first(crowd, identity)
    crowd.comes("first")
    crowd.waiting(1)
    identity.let.release(2)
    crowd.all_answered()
    assert identity.asked == [["first"], ["first"]]


def test_a_refusal_is_everybodys_who_waited_for_that_answer_and_the_next_ask_again(crowd, identity):
    asked_first(crowd, identity)
    crowd.comes("b")
    crowd.waiting(1)
    identity.error = Unavailable("rpc.timeout", "")
    identity.let.release(2)
    assert crowd.all_answered() == [("b", "Unavailable"), ("first", "Unavailable")]
    identity.error, crowd.found = None, []
    identity.let.release()
    crowd.comes("c")
    assert crowd.all_answered() == [("c", "c")]


def test_whatever_goes_wrong_with_the_one_who_asks_nobody_waits_for_ever(crowd, identity):
    asked_first(crowd, identity)
    crowd.comes("b")
    crowd.waiting(1)
    identity.error = SystemError("broken")
    identity.let.release(2)
    assert {one for _, one in crowd.all_answered()} <= {"SystemError", "Unavailable"}
    assert len(crowd.found) == 2


def test_no_request_asks_about_more_than_identity_takes(crowd, identity):
    asked_first(crowd, identity)
    for number in range(MOST_INTROSPECTED + 1):
        crowd.comes(f"{number:03}")
    crowd.waiting(MOST_INTROSPECTED + 1)
    identity.let.release(3)
    assert len(crowd.all_answered()) == MOST_INTROSPECTED + 2
    assert [len(one) for one in identity.asked] == [1, MOST_INTROSPECTED, 1]
