"""What a person can read of the notices: only the own ones."""

from services.chassis.storage.paging import page
from services.civic.calls import Call
from services.identity.notices.notifications.store import NoticeStore


def own(call: Call) -> dict:
    """The filter of the caller's own notices, also of those under an entry that was merged into the caller's."""
    return {"person": {"$in": call.actor.entries}}


def inbox(notices: NoticeStore, call: Call) -> dict:
    """A page of the caller's notices, newest first; one that waits for the morning is not there yet."""
    where = own(call) | ({"read_at": None} if call.data["unread"] else {})
    where["$and"] = [{"created_at": {"$lte": call.now}}]
    return page(notices.documents, where, call.data, ("created_at", -1), notices.from_document)
