"""Getting a second factor: the secret is shown, and a code that comes back takes it into use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.chassis.core.errors import AlreadyAnswered
from services.identity.access.sessions.usecases import prove_code, session_of, still_there, use_code

if TYPE_CHECKING:
    from services.civic.calls import Call
    from services.identity.access.sessions.attempts import Attempts
    from services.identity.access.sessions.ports import People
    from services.identity.access.sessions.store import SessionStore
    from services.identity.access.sessions.tokens import Tokens


def offer(people: People, sessions: SessionStore, attempts: Attempts, call: Call) -> dict:
    """Show the secret of a new second factor; a repeat of the same request shows the same one.

    Raises Rejected or Forbidden where there is one already and no code of it came along.
    """
    session, person = session_of(people, sessions, call)
    try:
        official = people.officials.get(person.id, call)
        if person.factor:
            use_code(people, attempts, person, session.device, call)
            official = people.officials.get(person.id)
        official.offer_factor()
        people.officials.save(official, [], call)
    except AlreadyAnswered:
        official = people.officials.get(person.id)
    secret = people.second_factor.secret(official.id, official.factors)
    return {"secret": secret, "uri": people.second_factor.uri(official.id, official.factors, official.login)}


def confirm(people: People, sessions: SessionStore, attempts: Attempts, tokens: Tokens, call: Call) -> dict:
    """Take the offered second factor into use, in the session that asks; those on other devices end.

    The factor and what the session was opened with are written at once: a crash between would sign everybody out.
    """
    session, person = session_of(people, sessions, call)
    official = people.officials.get(person.id)
    people.a_second_factor_was_offered(official)
    factor = people.second_factor
    steps: list[int] = []

    def prove() -> bool:
        step = factor.step(official.id, official.factors, call.data["code"], call.now)
        steps.extend([] if step is None else [step])
        return step is not None

    prove_code(attempts, person, session.device, prove, call)
    codes = factor.recovery_codes()
    hashes = [factor.hash_of(official.id, code) for code in codes]
    with people.at_once(person):
        people.officials.save(official, official.confirm_factor(steps[-1], hashes), call)
        person = still_there(people.find(person.id))
        session.opened_with = person.stamp
        sessions.save(session, [], call)
    return {**tokens.give(session, person, call.now), "recovery_codes": codes}
