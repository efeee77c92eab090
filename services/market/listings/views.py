"""What can be read of listings: everybody what is on sale, sellers their own, officials their region's."""

from services.chassis.calls import Call
from services.chassis.paging import page
from services.chassis.scope import scope_filter
from services.market.listings.model import words_wanted
from services.market.listings.store import ON_SALE, ListingStore

OFFICIALS = ("village_administrator", "town_administrator", "county_administrator")


def search(listings: ListingStore, call: Call) -> dict:
    """Give a page of what is on sale, newest first; raises Invalid for a keyword of nothing but signs."""
    where = dict(ON_SALE)
    if call.data["region"]:
        where["regions"] = call.data["region"]
    if call.data["keyword"]:
        where["words"] = {"$all": words_wanted(call.data["keyword"])}
    return page(listings.documents, where, call.data, ("on_sale_since", -1), listings.from_document)


def in_scope(listings: ListingStore, call: Call) -> dict:
    """Give a page of the official's region in a state, longest waiting first."""
    where = {**scope_filter(call.actor, *OFFICIALS), "state": call.data["state"]}
    return page(listings.documents, where, call.data, ("offered_at", 1), listings.from_document)


def own(listings: ListingStore, call: Call) -> dict:
    """Give a page of the seller's own listings, newest first."""
    where = {"seller_id": call.actor.id}
    return page(listings.documents, where, call.data, ("offered_at", -1), listings.from_document)


def one(listings: ListingStore, call: Call):
    """Give one listing in full: the seller's own, or one in the official's scope."""
    if call.actor.kind == "resident":
        return listings.get(call.data["listing_id"], scope={"seller_id": call.actor.id})
    return listings.get(call.data["listing_id"], scope=scope_filter(call.actor, *OFFICIALS))
