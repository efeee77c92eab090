"""What people can read of their own sessions."""

from services.chassis.calls import Call
from services.chassis.paging import page
from services.identity.sessions.store import SessionStore


def own(sessions: SessionStore, call: Call) -> dict:
    """Give a page of the devices on which the caller is signed in, latest sign-in first; `this` is the one that asks."""
    where = {"person": call.actor.id, "state": "active", "expires_at": {"$gt": call.now}}

    def shown(document: dict) -> dict:
        session = sessions.from_document(document)
        return {**vars(session), "this": session.id == call.actor.session}

    return page(sessions.documents, where, call.data, ("started_at", -1), shown)
