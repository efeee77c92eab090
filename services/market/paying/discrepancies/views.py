"""What can be read of discrepancies: by the clerks of the county."""

from services.chassis.storage.paging import page
from services.civic.calls import Call
from services.market.paying.discrepancies.store import NOWHERE, DiscrepancyStore

OFFICE = "clerk"
COUNTY = 6
"""Digits of a county's code: the office that decides what is disputed."""


def in_sight(discrepancies: DiscrepancyStore, call: Call) -> dict:
    """A page of what the provider said and nobody knows of, last said first; a clerk of a town sees none.

    What belongs to no known division is shown to the clerks of every county of the platform: one of them knows of it, and it tells
    of nobody.
    """
    held = [role.region for role in call.actor.roles if role.name == OFFICE and len(role.region) == COUNTY]
    if not held:
        return {"items": [], "next": None}
    where = {"regions": {"$in": [*sorted(set(held)), NOWHERE]}}
    return page(discrepancies.documents, where, call.data, ("last_at", -1), discrepancies.from_document)
