"""What people can read of their own sessions, and what the gateways must know of all."""

from datetime import datetime, timedelta

from services.chassis.core.errors import NotFound
from services.chassis.storage.paging import page
from services.civic.actor import VISITOR
from services.civic.calls import Call
from services.identity.access.account import Account
from services.identity.access.sessions.model import TOKENS_OUTLIVE, Session, is_living, is_open_to
from services.identity.access.sessions.ports import People
from services.identity.access.sessions.store import SessionStore
from services.identity.access.sessions.tokens import claims_of

MOST_ENDED = 20_000
OVERLAP = timedelta(minutes=1)
"""An end is written a moment after the time that it carries."""


def own(sessions: SessionStore, call: Call) -> dict:
    """A page of the devices on which the caller is signed in, latest sign-in first; `this` is the one that asks."""
    where = {"person": call.actor.id, "state": "active", "expires_at": {"$gt": call.now}}

    def shown(document: dict) -> dict:
        session = sessions.from_document(document)
        return {**vars(session), "this": session.id == call.actor.session}

    return page(sessions.documents, where, call.data, ("started_at", -1), shown)


def ended(sessions: SessionStore, call: Call) -> dict:
    """The sessions that have ended since a time, oldest first, while access tokens of them could be used."""
    since = call.now - TOKENS_OUTLIVE
    if call.data["since"]:
        since = max(since, call.data["since"] - OVERLAP)
    found = sessions.documents.find({"ended_at": {"$gte": since}}, {"ended_at": 1})
    rows = list(found.sort("ended_at", 1).limit(MOST_ENDED + 1))
    items = [
        {"session_id": one["_id"], "tokens_expire_at": one["ended_at"] + TOKENS_OUTLIVE}
        for one in rows[:MOST_ENDED]
    ]
    return {"items": items, "whole": len(rows) <= MOST_ENDED, "asked_at": call.now}


def introspect(people: People, call: Call) -> dict:
    """What each session lets its person do now; a session that is over has no item.

    Session and person are read as they are committed, together: whoever was dismissed, signed out or given another password is
    refused by the next request, whether or not anybody has heard of it. A visit is what its token says while it lasts.
    """
    asked = {(one["session_id"], one["kind"]) for one in call.data["sessions"]}
    found = people.of_sessions(asked, call.now)
    held = ((session.id, _held(session, person, call.now)) for session, person in found)
    return {"items": [{"session_id": id, **claims} for id, claims in held if claims]}


def _held(session: Session, person: Account | None, now: datetime) -> dict | None:
    if not is_living(session, now):
        return None
    if session.kind == VISITOR:
        return {"kind": VISITOR, "roles": None, "assurance": 0, "away": False}
    return claims_of(person) if person and is_open_to(session, person) else None


def state(sessions: SessionStore, call: Call) -> dict:
    """The state of a session; one that is forgotten has ended."""
    try:
        return {"state": sessions.get(call.data["session_id"]).state}
    except NotFound:
        return {"state": "ended"}
