"""What can be read of subscriptions and of the events that can be asked for."""

from services.chassis.core.cleaning import is_number
from services.chassis.core.errors import Invalid
from services.chassis.core.scope import scope_filter
from services.chassis.storage.paging import page
from services.civic.calls import Call
from services.identity.subscribers.departments.catalogue import EventCatalogue
from services.identity.subscribers.departments.contract import GRANTERS, OVERSEERS
from services.identity.subscribers.departments.model import (
    Department,
)
from services.identity.subscribers.departments.store import DepartmentStore


def one(departments: DepartmentStore, call: Call) -> Department:
    """One subscription in the caller's regions."""
    return departments.get(call.data["department_id"], scope=scope_filter(call.actor, *GRANTERS))


def in_scope(departments: DepartmentStore, call: Call) -> dict:
    """A page of the subscriptions in the caller's regions, newest first."""
    where = {**scope_filter(call.actor, *OVERSEERS), "state": call.data["state"]}
    return page(departments.documents, where, call.data, ("applied_at", -1), departments.from_document)


def event_types(catalogue: EventCatalogue, call: Call) -> dict:
    """A page of the events that can be asked for, by name."""
    cursor, limit = call.data["cursor"] or "0", call.data["limit"]
    if not is_number(cursor) or len(cursor) > 6:
        raise Invalid("catalogue.cursor_invalid", "翻页位置无效，请从第一页重新开始。")
    start = int(cursor)
    items = catalogue.types[start : start + limit]
    return {"items": items, "next": str(start + limit) if start + limit < len(catalogue.types) else None}
