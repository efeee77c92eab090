"""What a person can read of the notices: only the own ones."""

from services.chassis.storage.paging import page
from services.civic.calls import Call
from services.identity.notices.notifications.store import NoticeStore


def own(call: Call) -> dict:
    """The filter of the caller's own notices."""
    return {"person": call.actor.id}


def told(call: Call) -> dict:
    """The filter of those that are in the inbox; one that waits for the morning is not there yet."""
    return own(call) | {"$and": [{"created_at": {"$lte": call.now}}]}


def inbox(notices: NoticeStore, call: Call) -> dict:
    """A page of the caller's notices, newest first."""
    where = told(call) | ({"read_at": None} if call.data["unread"] else {})
    return page(notices.documents, where, call.data, ("created_at", -1), notices.from_document)
