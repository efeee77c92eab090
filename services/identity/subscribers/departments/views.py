"""What can be read of subscriptions and of the events that can be asked for."""

from collections.abc import Callable

from services.chassis.core.cleaning import is_number
from services.chassis.core.errors import Invalid
from services.chassis.core.scope import scope_filter
from services.chassis.storage.paging import page
from services.civic.calls import Call
from services.identity.subscribers.departments.catalogue import EventCatalogue
from services.identity.subscribers.departments.contract import GRANTERS, OVERSEERS
from services.identity.subscribers.departments.model import Department
from services.identity.subscribers.departments.ports import KeyOf, WebhookOf, WebhookSecret
from services.identity.subscribers.departments.rules import ENDED, LIVING
from services.identity.subscribers.departments.store import DepartmentStore
from services.identity.subscribers.departments.usecases import whole


def one(departments: DepartmentStore, call: Call) -> Department:
    """One subscription in the caller's regions."""
    return departments.get(call.data["department_id"], scope=scope_filter(call.actor, *GRANTERS))


def in_scope(departments: DepartmentStore, call: Call) -> dict:
    """A page of the subscriptions in the caller's regions, newest first."""
    asked = {"change.state": "asked"} if call.data["change_asked"] else {"state": call.data["state"]}
    where = {**scope_filter(call.actor, *OVERSEERS), **asked}
    return page(departments.documents, where, call.data, ("applied_at", -1), departments.from_document)


def event_types(catalogue: EventCatalogue, call: Call) -> dict:
    """A page of the events that can be asked for, by name."""
    cursor, limit = call.data["cursor"] or "0", call.data["limit"]
    if not is_number(cursor) or len(cursor) > 6:
        raise Invalid("catalogue.cursor_invalid", "翻页位置无效，请从第一页重新开始。")
    start = int(cursor)
    items = catalogue.types[start : start + limit]
    return {"items": items, "next": str(start + limit) if start + limit < len(catalogue.types) else None}


def own(
    departments: DepartmentStore,
    credentials: Callable[..., dict],
    code_of: KeyOf,
    webhook_secret: WebhookSecret,
    webhook_of: WebhookOf,
    call: Call,
) -> dict:
    """Give a department its own subscription, with credentials while it lives, and what its webhook can be tried out with from the application on."""
    department = departments.get(call.actor.id)
    told = {
        **whole(department),
        "stream": None,
        "readers": [],
        "webhook_secret": None,
        "webhook": None,
        "confirmation_code": None,
    }
    if not department.confirmed_at and department.state in ("applied", "granted"):
        told["confirmation_code"] = code_of(department.id)
    if department.delivery == "stream" and department.state in LIVING:
        told["stream"] = credentials(department)
        told["readers"] = [credentials(department, reader) for reader in department.readers]
    if department.delivery == "webhook" and department.state not in ENDED:
        webhook = webhook_of(department.id)
        told["webhook"] = webhook
        told["webhook_secret"] = webhook_secret(department, webhook["secret"] if webhook else 0)
    return told
