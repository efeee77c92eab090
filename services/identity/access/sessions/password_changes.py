"""Another password: the first one of one's own, a new one, or one in place of a forgotten one; whatever the old one opened ends.

The password and what has to change with it are written at once: a crash between would sign everybody out, or use up for nothing
what verified somebody. A new one keeps the salt of the one before: passwords of one phone are looked for with one salt, so that
nobody learns from the time that it takes how many entries name the phone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.identity.access.sessions import rules
from services.identity.access.sessions.model import wrong_credentials
from services.identity.access.sessions.passwords import a_password_is_good
from services.identity.access.sessions.usecases import authenticate, begin, begin_for, session_of, still_there

if TYPE_CHECKING:
    from collections.abc import Callable

    from services.chassis.core.secrets import Passwords
    from services.civic.calls import Call
    from services.identity.access.sessions.attempts import Attempts
    from services.identity.access.sessions.ports import People
    from services.identity.access.sessions.proofs_of_work import ProofsOfWork
    from services.identity.access.sessions.store import SessionStore
    from services.identity.access.sessions.tokens import Tokens


def choose_password(
    people: People,
    sessions: SessionStore,
    attempts: Attempts,
    proofs: ProofsOfWork,
    passwords: Passwords,
    tokens: Tokens,
    call: Call,
) -> dict:
    """Replace the one-time password and begin a session; raises as `sign_in` does.

    Whoever never heard the answer sends it again: the password is theirs by then, and opens a session.
    """
    asked = call.data
    one_time, new = asked["one_time_password"], asked["new_password"]
    person, device = authenticate(people, attempts, proofs, passwords, tokens, one_time, call, or_else=new)
    chosen = passwords.matches(person.password_hash, new)
    if chosen == person.password_is_one_time or (chosen and person.factor):
        raise wrong_credentials()
    if chosen:
        return begin(people, sessions, tokens, person, device, call)
    a_password_is_good(new, one_time, person.login)
    person = people.choose_password(person, passwords.hash(new), call)
    return begin(people, sessions, tokens, person, device, call)


def change_password(
    people: People,
    sessions: SessionStore,
    attempts: Attempts,
    passwords: Passwords,
    tokens: Tokens,
    call: Call,
) -> dict:
    """Replace one's own password in the session that asks, which goes on; those on other devices end."""
    asked = call.data
    session, person = session_of(people, sessions, call)
    counters = attempts.counters(rules.counted(person.login, call.caller.address, session.device))
    if not attempts.tried(
        counters, lambda: passwords.matches(person.password_hash, asked["old_password"]), call.now
    ):
        raise wrong_credentials("原密码")
    a_password_is_good(asked["new_password"], asked["old_password"], person.login)
    hashed = passwords.hash(asked["new_password"], person.password_hash)
    with people.at_once(person):
        person = people.choose_password(person, hashed, call)
        session.opened_with = person.stamp
        sessions.save(session, [], call)
    return tokens.give(session, person, call.now)


def replace_password(
    people: People,
    sessions: SessionStore,
    passwords: Passwords,
    tokens: Tokens,
    person_id: str,
    use_up: Callable[[], None],
    call: Call,
) -> dict:
    """Replace the password of a person who was verified in another way, and begin a session; all others end.

    `use_up` takes what verified the person out of use, in the same write as the password. Raises as `begin_for`.
    """
    person, new = still_there(people.find(person_id)), call.data["new_password"]
    a_password_is_good(new, "", person.login)
    hashed = passwords.hash(new, person.password_hash)
    with people.at_once(person):
        use_up()
        people.choose_password(person, hashed, call)
    return begin_for(people, sessions, tokens, person_id, call)
