"""Signing in, going on and signing out."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from services.chassis.core.errors import NotFound
from services.identity.access.sessions import rules
from services.identity.access.sessions.devices import device_name
from services.identity.access.sessions.model import (
    a_code_is_sent_along,
    is_open_to,
    only_a_living_session_goes_on,
    only_after_a_new_sign_in,
    session_over,
    start,
    visit,
    wrong_code,
    wrong_credentials,
)
from services.identity.access.sessions.rules import too_many_attempts

if TYPE_CHECKING:
    from collections.abc import Callable

    from services.chassis.core.secrets import Passwords
    from services.civic.calls import Call
    from services.identity.access.account import Account, Guest
    from services.identity.access.sessions.attempts import Attempts
    from services.identity.access.sessions.model import Session
    from services.identity.access.sessions.ports import People, WhoHas
    from services.identity.access.sessions.proofs_of_work import ProofsOfWork
    from services.identity.access.sessions.store import SessionStore
    from services.identity.access.sessions.tokens import Tokens


SIGN_IN = "sign in"
"""What a proof of work is good for here."""


def sign_in(
    people: People,
    sessions: SessionStore,
    attempts: Attempts,
    proofs: ProofsOfWork,
    passwords: Passwords,
    tokens: Tokens,
    call: Call,
) -> dict:
    """Begin a session; raises Forbidden for wrong credentials, the same way for an unknown account, and TooMany."""
    person, device = authenticate(people, attempts, proofs, passwords, tokens, call.data["password"], call)
    if person.factor:
        use_code(people, attempts, person, device, call)
    return begin(people, sessions, tokens, person, device, call)


def begin_for(
    people: People, sessions: SessionStore, tokens: Tokens, person_id: str, call: Call, by: str = ""
) -> dict:
    """Begin a session of a person who was verified in another way; raises Forbidden for one who may no longer sign in."""
    person = still_there(people.find(person_id))
    device = tokens.read_device(call.data["device_token"], person)
    return begin(people, sessions, tokens, person, device, call, by)


def begin_visit(sessions: SessionStore, tokens: Tokens, visiting: Guest, call: Call) -> dict:
    """Begin the session of somebody who proved a phone and comes once; no refresh token is given."""
    session = visit(call.new_id("session"), visiting, call.now)
    sessions.add(session, [], call)
    return tokens.give_visit(session, visiting, call.now)


def refresh(people: People, sessions: SessionStore, tokens: Tokens, call: Call) -> dict:
    """Exchange a refresh token; an old one revokes the whole family."""
    known = tokens.read_refresh(call.data["refresh_token"])
    if known is None:
        raise session_over()
    session = _find(sessions, known[0])
    person = people.find(session.person)
    if person is None or not is_open_to(session, person):
        _end(sessions, session, call)
        raise session_over()
    if session.rotate(known[1], call.now):
        sessions.save(session, session.news(), call)
    only_a_living_session_goes_on(session, call.now)
    return tokens.give(session, person, call.now)


def sign_out(sessions: SessionStore, call: Call) -> dict:
    """End the session that the access token belongs to."""
    return {"state": _end(sessions, _find(sessions, call.actor.session or ""), call)}


def must_have_just_signed_in(sessions: SessionStore, call: Call) -> None:
    """Let through who has signed in shortly before; raises Forbidden for everybody else."""
    only_after_a_new_sign_in(_find(sessions, call.actor.session or ""), call.now)


def end_one(sessions: SessionStore, call: Call) -> dict:
    """End one of the caller's sessions; raises NotFound for anybody else's."""
    session = sessions.get(call.data["session_id"], scope={"person": call.actor.id})
    return {"state": _end(sessions, session, call)}


def end_everywhere(sessions: SessionStore, call: Call) -> dict:
    """End all sessions of the caller, or all others; gives how many were going on."""
    kept = call.actor.session if call.data["devices"] == "others" else None
    return {"ended": end_all_of(sessions, call.actor.id, call, kept)}


def end_all_of(sessions: SessionStore, person: str, call: Call, kept: str | None = None) -> int:
    """End every session of a person but the kept one; gives how many were going on."""
    ids = [id for id in sessions.active_of(person) if id != kept]
    for id in ids:
        _end(sessions, sessions.get(id), call)
    return len(ids)


def end_all_begun_by(
    by: str, sessions: SessionStore, person: str, call: Call, kept: str | None = None
) -> int:
    """End every session of a person that was begun in this way but the kept one; gives how many were going on."""
    ids = [id for id in sessions.active_of(person, by) if id != kept]
    for id in ids:
        _end(sessions, sessions.get(id), call)
    return len(ids)


def end_what_no_longer_opens(people: People, sessions: SessionStore, person: str, call: Call) -> None:
    """End the sessions of a person who may no longer sign in, or whose password has changed since.

    Each session is read before its person: a change of both that is written meanwhile makes the end lose, not the session.
    """
    for id in sessions.active_of(person):
        session = sessions.get(id)
        if not is_open_to(session, people.find(person)):
            _end(sessions, session, call)


def session_of(people: People, sessions: SessionStore, call: Call) -> tuple[Session, Account]:
    """The session that asks and its person; raises Forbidden where it is over."""
    session = _find(sessions, call.actor.session or "")
    only_a_living_session_goes_on(session, call.now)
    person = people.find(session.person)
    if person is None or not is_open_to(session, person):
        raise wrong_credentials()
    return session, person


def still_there(person: Account | None) -> Account:
    """Stop at somebody who may no longer sign in; raises Forbidden, as for wrong credentials."""
    if person is None:
        raise wrong_credentials()
    return person


def use_code(people: People, attempts: Attempts, person: Account, device: str | None, call: Call) -> None:
    """Use up the code that came along; raises Rejected where none did, Forbidden for a wrong or used one, and TooMany."""
    code = a_code_is_sent_along(call.data["code"])
    prove_code(attempts, person, device, lambda: people.use_code(person, code, call), call)


def prove_code(
    attempts: Attempts, person: Account, device: str | None, prove: Callable[[], bool], call: Call
) -> None:
    """Let a code be proved, as often as may be tried; raises Forbidden for a wrong one, and TooMany."""
    if not attempts.tried(attempts.counters(rules.codes_of(person.id, device)), prove, call.now):
        raise wrong_code()


def opened_by_ending(attempts: Attempts, who_has: WhoHas, phone: str, ending: str, call: Call) -> str | None:
    """Find the entry with this end of a paper's number, for who has the code that came to the phone; raises TooMany."""
    found: list[str | None] = []

    def prove() -> bool:
        found.append(who_has(phone, ending))
        return found[-1] is not None

    attempts.tried(attempts.counters(rules.endings_of(phone)), prove, call.now, rules.too_many_endings)
    return found[-1]


def _end(sessions: SessionStore, session: Session, call: Call) -> str:
    if session.state == "active":
        session.end(call.now)
        sessions.save(session, session.news(), call)
    return session.state


def authenticate(
    people: People,
    attempts: Attempts,
    proofs: ProofsOfWork,
    passwords: Passwords,
    tokens: Tokens,
    password: str,
    call: Call,
    or_else: str = "",
) -> tuple[Account, str | None]:
    """Find the person whose password it is, or that one `or_else`, and the known device, or None for a device that is new.

    An unknown login takes as long to be refused as a wrong password. A device speaks for its own account only: else its owner
    could try the passwords of others who name the same phone.
    """
    login, token = call.data["login"], call.data["device_token"]
    meant = people.with_login(login)
    known = [(one, device) for one in meant if (device := tokens.read_device(token, one))]
    if known:
        meant = [known[0][0]]
    device = known[0][1] if known else None
    right: list[int | None] = []

    def prove() -> bool:
        hashes = [one.password_hash for one in meant]
        found = passwords.first_match(hashes, password)
        right.append(passwords.first_match(hashes, or_else) if found is None and or_else else found)
        return right[-1] is not None

    refuse = partial(too_many_attempts, proof_of_work=proofs.challenge(SIGN_IN, login, call.now))
    counters = attempts.counters(rules.counted(login, call.caller.address, device))
    paid = proofs.spend(SIGN_IN, login, call.data["proof_of_work"], call.now)
    if not attempts.tried(counters, prove, call.now, refuse, paid=paid) or right[-1] is None:
        raise wrong_credentials()
    found = meant[right[-1]]
    person = still_there(people.find(found.id))
    if person.password_hash != found.password_hash:
        raise wrong_credentials()  # another password was chosen meanwhile
    return person, device


def begin(
    people: People,
    sessions: SessionStore,
    tokens: Tokens,
    person: Account,
    device: str | None,
    call: Call,
    by: str = "",
) -> dict:
    name = device_name(call.caller.agent)
    session = start(call.new_id("session"), person, call.now, device or call.new_id("device"), name, by)
    sessions.add(session, [], call)
    if not is_open_to(session, people.find(person.id)):
        # dismissed or another password meanwhile: whoever ended the sessions then may not have seen this one
        _end(sessions, session, call)
        raise wrong_credentials()
    return tokens.give(session, person, call.now)


def _find(sessions: SessionStore, id: str) -> Session:
    try:
        return sessions.get(id)
    except NotFound:
        raise session_over() from None
