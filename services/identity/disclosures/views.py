"""Who looked: what residents see of themselves, and auditors of their county."""

from services.chassis.calls import Call
from services.chassis.paging import page
from services.chassis.scope import scope_filter
from services.identity.disclosures.store import DisclosureStore

AUDITORS = ("auditor",)


def own(disclosures: DisclosureStore, call: Call) -> dict:
    """Give a page of the looks at the caller, newest first."""
    return _page(disclosures, {"resident_id": call.actor.id}, call)


def in_scope(disclosures: DisclosureStore, call: Call) -> dict:
    """Give a page of the looks in the auditor's regions, newest first."""
    return _page(disclosures, scope_filter(call.actor, *AUDITORS), call)


def _page(disclosures: DisclosureStore, where: dict, call: Call) -> dict:
    return page(
        disclosures.documents, where, call.data, ("made_at", -1), disclosures.from_document, opened=True
    )
