"""A refresh token works once; an old one revokes its whole family."""

from datetime import UTC, datetime, timedelta

import pytest

from services.chassis.core.errors import Forbidden
from services.identity.access.account import Account
from services.identity.access.sessions import model

NOW = datetime(2026, 11, 21, tzinfo=UTC)
LATER = NOW + timedelta(minutes=10)


def person(**changes):
    values = {
        "id": "p",
        "kind": "resident",
        "region": "510183103204",
        "roles": (),
        "assurance": 0,
        "password_hash": "h",
        "password_is_one_time": False,
    }
    return Account(**{**values, **changes})


def session():
    return model.start("s", person(), NOW, "d", "微信")


def test_the_newest_token_gives_the_next_one():
    one = session()
    assert one.rotate(1, LATER) is True
    assert (one.generation, one.state) == (2, "active")


def test_a_token_asked_for_again_at_once_gets_the_same_answer():
    one = session()
    one.rotate(1, LATER)
    assert one.rotate(1, LATER + timedelta(seconds=10)) is False
    assert (one.generation, one.state) == (2, "active")


def test_an_old_token_revokes_the_whole_family():
    one = session()
    one.rotate(1, LATER)
    one.rotate(1, LATER + timedelta(seconds=11))
    assert one.state == "revoked"
    with pytest.raises(Forbidden):
        one.rotate(2, LATER + timedelta(seconds=12))


def test_a_token_from_the_future_revokes_the_family():
    one = session()
    one.rotate(7, LATER)
    assert one.state == "revoked"


def test_an_ended_or_expired_session_gives_no_tokens():
    ended = session()
    ended.end(LATER)
    with pytest.raises(Forbidden):
        ended.rotate(1, LATER)
    with pytest.raises(Forbidden):
        session().rotate(1, NOW + model.LIFETIME)


def test_a_one_time_password_only_serves_to_choose_another_one():
    assert model.next_step(person(password_is_one_time=True)) == "choose_password"
    assert model.next_step(person()) is None


def test_a_session_is_open_to_whom_it_was_opened_by_with_the_password_of_today():
    assert model.is_open_to(session(), person())
    assert not model.is_open_to(session(), person(stamp="another password"))
    assert not model.is_open_to(session(), None)
