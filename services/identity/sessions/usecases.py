"""Signing in, going on and signing out.

`people` finds a person by login or id: {id, kind, region, roles, assurance, password_hash, password_is_one_time}.
"""

from services.chassis.errors import NotFound
from services.identity.sessions.model import (
    a_one_time_password_is_replaced_first,
    only_a_living_session_goes_on,
    start,
    the_new_password_is_another_one,
    wrong_credentials,
)


def sign_in(people, sessions, passwords, tokens, call) -> dict:
    """Begin a session; raises Forbidden for wrong credentials, the same way for an unknown account."""
    person = _authenticate(people, passwords, call.data["login"], call.data["password"])
    a_one_time_password_is_replaced_first(person)
    return _begin(sessions, tokens, person, call)


def choose_password(people, sessions, passwords, tokens, call) -> dict:
    """Replace the one-time password and begin a session."""
    asked = call.data
    person = _authenticate(people, passwords, asked["login"], asked["one_time_password"])
    if not person.password_is_one_time:
        raise wrong_credentials()
    the_new_password_is_another_one(asked["new_password"], asked["one_time_password"])
    people.choose_password(person, passwords.hash(asked["new_password"]), call)
    return _begin(sessions, tokens, person, call)


def refresh(people, sessions, tokens, call) -> dict:
    """Exchange a refresh token; an old one revokes the whole family."""
    known = tokens.read_refresh(call.data["refresh_token"])
    if known is None:
        raise wrong_credentials()
    session = _find(sessions, known[0])
    person = people.find(session.person)
    if person is None:
        session.end()
        sessions.save(session, [], call)
    elif session.rotate(known[1], call.now):
        sessions.save(session, [], call)
    only_a_living_session_goes_on(session, call.now)
    return tokens.give(session, person, call.now)


def sign_out(sessions, call) -> dict:
    """End the session that the access token belongs to."""
    session = _find(sessions, call.actor.session or "")
    if session.state == "active":
        session.end()
        sessions.save(session, [], call)
    return {"state": session.state}


def end_all(sessions, person: str, call) -> None:
    """End every open session of a person, however often it is asked for."""
    for session in sessions.open_of(person):
        session.end()
        sessions.save(session, [], call)


def _authenticate(people, passwords, login: str, password: str):
    person = people.find_by_login(login)
    if not passwords.matches(person and person.password_hash, password):
        raise wrong_credentials()
    return person


def _begin(sessions, tokens, person, call) -> dict:
    session = start(call.new_id("session"), person, call.now)
    sessions.add(session, [], call)
    return tokens.give(session, person, call.now)


def _find(sessions, id: str):
    try:
        return sessions.get(id)
    except NotFound:
        raise wrong_credentials() from None
