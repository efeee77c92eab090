"""Who looked: what residents see of themselves, and auditors of their county."""

from services.chassis.core.scope import scope_filter
from services.chassis.storage.paging import page
from services.civic.calls import Call
from services.identity.privacy.unmaskings.contract import AUDITORS
from services.identity.privacy.unmaskings.store import UnmaskingStore


def own(disclosures: UnmaskingStore, call: Call) -> dict:
    """A page of the looks at the caller, newest first."""
    return _page(disclosures, {"resident_id": call.actor.id}, call)


def in_scope(disclosures: UnmaskingStore, call: Call) -> dict:
    """A page of the looks in the auditor's regions, newest first."""
    return _page(disclosures, scope_filter(call.actor, *AUDITORS), call)


def _page(disclosures: UnmaskingStore, where: dict, call: Call) -> dict:
    return page(
        disclosures.documents, where, call.data, ("made_at", -1), disclosures.from_document, opened=True
    )
