"""Signing in, going on and signing out.

`people` finds a person by login or id: {id, kind, region, roles, assurance, password_hash, password_is_one_time}.
"""

from services.chassis.errors import NotFound
from services.identity.sessions import rules
from services.identity.sessions.devices import device_name
from services.identity.sessions.model import (
    a_one_time_password_is_replaced_first,
    only_a_living_session_goes_on,
    only_after_a_new_sign_in,
    start,
    the_new_password_is_another_one,
    wrong_credentials,
)


def sign_in(people, sessions, attempts, passwords, tokens, call) -> dict:
    """Begin a session; raises Forbidden for wrong credentials, the same way for an unknown account, and TooMany."""
    person, device = _authenticate(people, attempts, passwords, tokens, call.data["password"], call)
    a_one_time_password_is_replaced_first(person)
    return _begin(people, sessions, tokens, person, device, call)


def begin_for(people, sessions, tokens, person_id: str, call) -> dict:
    """Begin a session of a person who was verified in another way; raises Forbidden for one who may no longer sign in."""
    person = people.find(person_id)
    if person is None:
        raise wrong_credentials()
    device = tokens.read_device(call.data["device_token"], person)
    return _begin(people, sessions, tokens, person, device, call)


def choose_password(people, sessions, attempts, passwords, tokens, call) -> dict:
    """Replace the one-time password and begin a session; raises as `sign_in` does."""
    asked = call.data
    person, device = _authenticate(people, attempts, passwords, tokens, asked["one_time_password"], call)
    if not person.password_is_one_time:
        raise wrong_credentials()
    the_new_password_is_another_one(asked["new_password"], asked["one_time_password"])
    people.choose_password(person, passwords.hash(asked["new_password"]), call)
    return _begin(people, sessions, tokens, person, device, call)


def refresh(people, sessions, tokens, call) -> dict:
    """Exchange a refresh token; an old one revokes the whole family."""
    known = tokens.read_refresh(call.data["refresh_token"])
    if known is None:
        raise wrong_credentials()
    session = _find(sessions, known[0])
    person = people.find(session.person)
    if person is None:
        _end(sessions, session, call)
    elif session.rotate(known[1], call.now):
        sessions.save(session, session.news(), call)
    only_a_living_session_goes_on(session, call.now)
    return tokens.give(session, person, call.now)


def sign_out(sessions, call) -> dict:
    """End the session that the access token belongs to."""
    return {"state": _end(sessions, _find(sessions, call.actor.session or ""), call)}


def must_have_just_signed_in(sessions, call) -> None:
    """Let through who has signed in shortly before; raises Forbidden for everybody else."""
    started = _find(sessions, call.actor.session or "").started_at
    only_after_a_new_sign_in(started, call.now)


def end_one(sessions, call) -> dict:
    """End one of the caller's sessions; raises NotFound for anybody else's."""
    session = sessions.get(call.data["session_id"], scope={"person": call.actor.id})
    return {"state": _end(sessions, session, call)}


def end_everywhere(sessions, call) -> dict:
    """End all sessions of the caller, or all others; gives how many were going on."""
    kept = call.actor.session if call.data["devices"] == "others" else None
    return {"ended": end_all_of(sessions, call.actor.id, call, kept)}


def end_all_of(sessions, person: str, call, kept: str | None = None) -> int:
    """End every session of a person but the kept one; gives how many were going on."""
    ids = [id for id in sessions.active_of(person) if id != kept]
    for id in ids:
        _end(sessions, sessions.get(id), call)
    return len(ids)


def _end(sessions, session, call) -> str:
    if session.state == "active":
        session.end(call.now)
        sessions.save(session, session.news(), call)
    return session.state


def _authenticate(people, attempts, passwords, tokens, password: str, call) -> tuple:
    """Give the person and the known device, or None for a device that is new."""
    login = call.data["login"]
    person = people.find_by_login(login)
    device = tokens.read_device(call.data["device_token"], person)
    counters = attempts.counters(rules.counted(login, call.caller.address, device))
    attempts.may_go_on(counters, call.now)
    if not passwords.matches(person and person.password_hash, password):
        attempts.failed(counters, call.now)
        raise wrong_credentials()
    # others that were tried at the same time may have failed meanwhile
    attempts.may_go_on(counters, call.now)
    return person, device


def _begin(people, sessions, tokens, person, device: str | None, call) -> dict:
    name = device_name(call.caller.agent)
    session = start(call.new_id("session"), person, call.now, device or call.new_id("device"), name)
    sessions.add(session, [], call)
    if people.find(person.id) is None:
        # dismissed meanwhile: whoever ended the sessions then may not have seen this one
        _end(sessions, session, call)
        raise wrong_credentials()
    return tokens.give(session, person, call.now)


def _find(sessions, id: str):
    try:
        return sessions.get(id)
    except NotFound:
        raise wrong_credentials() from None
