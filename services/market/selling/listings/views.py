"""What can be read of listings: everybody what is on sale, sellers their own, officials their region's."""

from services.chassis.core.errors import Invalid
from services.chassis.core.scope import scope_filter
from services.chassis.storage.ngram_search import FIELDS, matching
from services.chassis.storage.paging import page
from services.civic.calls import Call
from services.civic.spoken_words import asked_words
from services.market.selling.listings.contract import OFFICIALS, SORTS
from services.market.selling.listings.model import Listing
from services.market.selling.listings.store import ON_SALE, ListingStore
from services.market.selling.parties import sold_by

UNSHOWN = (*FIELDS, "holds")


def search(listings: ListingStore, call: Call) -> dict:
    """A page of what is on sale; raises Invalid for a search of nothing but signs."""
    asked, where = call.data, dict(ON_SALE)
    if asked.get("region"):
        where["regions"] = asked["region"]
    if asked.get("seller_id"):
        where["seller_id"] = asked["seller_id"]
    if asked.get("text"):
        where.update(_by_words(asked["text"]))
    return _page(listings, where, call, SORTS[asked.get("sort", "newest")])


def quote(listings: ListingStore, call: Call) -> dict:
    """What so much of a listing costs; raises NotFound for one that is not on sale, Rejected where so much is not sold."""
    listing, quantity_milli = listings.find_on_sale(call.data["listing_id"]), call.data["quantity_milli"]
    shown = ("unit", "price_fen", "step_milli", "stock_milli")
    return {
        "listing_id": listing.id,
        **{name: getattr(listing, name) for name in shown},
        "quantity_milli": quantity_milli,
        "amount_fen": listing.quote(quantity_milli),
        "available": listing.stock_milli >= quantity_milli,
    }


def in_scope(listings: ListingStore, call: Call) -> dict:
    """A page of the official's region in a state, longest waiting first."""
    where = {**scope_filter(call.actor, *OFFICIALS), "state": call.data["state"]}
    return _page(listings, where, call, ("offered_at", 1))


def own(listings: ListingStore, call: Call) -> dict:
    """A page of the seller's own listings, newest first, in every state unless one is asked for."""
    where = sold_by(call.actor)
    where |= {name: call.data[name] for name in ("state", "sold_out") if call.data.get(name) is not None}
    return _page(listings, where, call, ("offered_at", -1))


def one(listings: ListingStore, call: Call) -> Listing:
    """One listing in full: the seller's own, or one in the official's scope."""
    if call.actor.kind == "resident":
        return listings.get(call.data["listing_id"], scope=sold_by(call.actor))
    return listings.get(call.data["listing_id"], scope=scope_filter(call.actor, *OFFICIALS))


def _by_words(text: str) -> dict:
    words = asked_words(text)
    if not words:
        raise Invalid("listing.search_without_words", "请输入品名中的文字、拼音或拼音首字母，例如“猕猴桃”。")
    return matching(words)


def _page(listings: ListingStore, where: dict, call: Call, order: tuple[str, int]) -> dict:
    return page(listings.documents, where, call.data, order, listings.from_document, UNSHOWN)
