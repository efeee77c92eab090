"""What can be read of subscriptions."""

from services.chassis.calls import Call
from services.chassis.paging import page
from services.chassis.scope import scope_filter
from services.identity.departments.store import DepartmentStore

GRANTERS = ("data_officer", "county_administrator")


def one(departments: DepartmentStore, call: Call):
    """Give one subscription in the caller's regions."""
    return departments.get(call.data["department_id"], scope=scope_filter(call.actor, *GRANTERS))


def in_scope(departments: DepartmentStore, call: Call) -> dict:
    """Give a page of the subscriptions in the caller's regions, newest first."""
    where = scope_filter(call.actor, *GRANTERS)
    return page(departments.documents, where, call.data, ("granted_at", -1), departments.from_document)
