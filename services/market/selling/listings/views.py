"""What can be read of listings: everybody what is on sale, sellers their own, officials their region's."""

from services.chassis.core.errors import Invalid
from services.chassis.core.scope import scope_filter
from services.chassis.storage.ngram_search import FIELDS, matching
from services.chassis.storage.paging import page
from services.civic.calls import Call
from services.civic.spoken_words import asked_words
from services.market.selling.listings.contract import OFFICIALS
from services.market.selling.listings.model import Listing
from services.market.selling.listings.store import ON_SALE, ListingStore

UNSHOWN = (*FIELDS, "holds")


def search(listings: ListingStore, call: Call) -> dict:
    """A page of what is on sale, newest first; raises Invalid for a search of nothing but signs."""
    where = dict(ON_SALE)
    if call.data["region"]:
        where["regions"] = call.data["region"]
    if call.data["text"]:
        where.update(_by_words(call.data["text"]))
    return _page(listings, where, call, ("on_sale_since", -1))


def in_scope(listings: ListingStore, call: Call) -> dict:
    """A page of the official's region in a state, longest waiting first."""
    where = {**scope_filter(call.actor, *OFFICIALS), "state": call.data["state"]}
    return _page(listings, where, call, ("offered_at", 1))


def own(listings: ListingStore, call: Call) -> dict:
    """A page of the seller's own listings, newest first."""
    return _page(listings, {"seller_id": {"$in": call.actor.entries}}, call, ("offered_at", -1))


def one(listings: ListingStore, call: Call) -> Listing:
    """One listing in full: the seller's own, or one in the official's scope."""
    if call.actor.kind == "resident":
        mine = {"seller_id": {"$in": call.actor.entries}}
        return listings.get(call.data["listing_id"], scope=mine)
    return listings.get(call.data["listing_id"], scope=scope_filter(call.actor, *OFFICIALS))


def _by_words(text: str) -> dict:
    words = asked_words(text)
    if not words:
        raise Invalid("listing.search_without_words", "请输入品名中的文字、拼音或拼音首字母，例如“猕猴桃”。")
    return matching(words)


def _page(listings: ListingStore, where: dict, call: Call, order: tuple[str, int]) -> dict:
    return page(listings.documents, where, call.data, order, listings.from_document, UNSHOWN)
