"""What can be read of adoptions, always within the reader's scope."""

from services.chassis.calls import Call
from services.chassis.paging import page
from services.chassis.scope import scope_filter
from services.identity.adoptions.model import Adoption
from services.identity.adoptions.store import AdoptionStore

EDITORS = ("county_administrator",)


def one(adoptions: AdoptionStore, call: Call) -> Adoption:
    """Give one adoption with its progress; raises NotFound out of scope."""
    return adoptions.get(call.data["adoption_id"], scope=scope_filter(call.actor, *EDITORS))


def listed(adoptions: AdoptionStore, call: Call) -> dict:
    """Give a page of the county's adoptions, oldest first."""
    where = scope_filter(call.actor, *EDITORS)
    return page(adoptions.documents, where, call.data, ("begun_at", 1), adoptions.from_document)


def unplaced(adoptions: AdoptionStore, residents, call: Call) -> dict:
    """Give a page of the residents of a split village who wait to be placed; raises NotFound out of scope."""
    one(adoptions, call)
    where = {**scope_filter(call.actor, *EDITORS), "awaiting": call.data["code"]}
    return page(residents.documents, where, call.data, ("registered_at", 1), residents.from_document)
