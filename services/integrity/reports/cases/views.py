"""What the discipline committee can read of reports, and who belongs to it."""

from services.chassis.core.scope import scope_filter
from services.chassis.storage.paging import page
from services.civic.actor import CivicActor
from services.civic.calls import Call
from services.integrity.reports.cases.contract import HANDLER, WAITING
from services.integrity.reports.cases.rules import TOWN_DIGITS
from services.integrity.reports.cases.store import ReportStore


def in_sight(actor: CivicActor) -> dict:
    """Filter the reports that an officer may handle.

    The county's officers; not one who was recused; not one who also holds an office in the town where it happened.
    """
    towns = sorted({role.region[:TOWN_DIGITS] for role in actor.roles if len(role.region) >= TOWN_DIGITS})
    return {
        **scope_filter(actor, HANDLER),
        "recused.official": {"$ne": actor.id},
        "town": {"$nin": towns},
    }


def waiting(reports: ReportStore, call: Call) -> dict:
    """A page of the reports in a state, or of those that wait for somebody, longest waiting first."""
    state = call.data["state"]
    where = {**in_sight(call.actor), **({"waits": True} if state == WAITING else {"state": state})}
    return page(reports.documents, where, call.data, ("received_at", 1), reports.from_document)
