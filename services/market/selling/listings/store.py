"""Listings as documents, and the one write that takes or gives back stock.

A reservation is one conditional update: as much in stock as is ordered, on sale, at the price the buyer agreed to, and
not known yet. The server computes it, and the event with the stock after it, inside the write: no buyer loses an
optimistic race and has to try again, however many want the last box.

An order's hold is `held`, then `sold` or `released`. A hold is only taken before its `until` on the
database's clock, and an ended one is remembered until then: a step that was delayed cannot take stock for an
order that is over.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from pymongo import ASCENDING, DESCENDING, IndexModel

from services.chassis.core.errors import NotFound, VersionConflict
from services.chassis.events.outbox import ComputedEvent, NewEvent
from services.chassis.storage.ngram_search import searchable
from services.civic.calls import Call
from services.civic.editions.code_crosswalk import Follows
from services.civic.privacy.personal_data import ExportSection, PersonalData, one_by_one
from services.civic.spoken_words import called
from services.civic.store import RegionalStore
from services.market.civic.rules import who_is_leaving_trades_nothing
from services.market.selling.amounts import rounded_up_units
from services.market.selling.listings.model import MOST_HOLDS, Listing
from services.market.selling.listings.ports import OrderOfBoxes
from services.market.selling.listings.stock import changed, milli_expression

ENDORSED = {"state": "endorsed"}
ON_SALE = {**ENDORSED, "sold_out": False}
"""What may be offered to everybody."""

AT_ONCE = 100

AFTERWARDS = {
    "listing_id": "$_id",
    "stock": "$stock",
    "stock_milli": milli_expression("stock"),
    "reserved": "$reserved",
    "reserved_milli": milli_expression("reserved"),
}
"""What every movement of stock says of the listing, as the write leaves it."""


def _index(name: str, *fields: str, newest: str = "", **options: Any) -> IndexModel:
    """Declare an index in the order of the fields and, where `newest` is said, down from the latest."""
    keys = [(field, ASCENDING) for field in fields]
    down = [(field, DESCENDING) for field in (newest, "_id")] if newest else [("_id", ASCENDING)]
    return IndexModel([*keys, *down], name=name, **options)


def _on_sale(name: str, *fields: str) -> tuple[IndexModel, IndexModel]:
    """Declare in which orders what is on sale is read; what is sold out or withdrawn is not in them at all."""
    newest = _index(f"{name}_newest", *fields, newest="on_sale_since", partialFilterExpression=ON_SALE)
    cheapest = _index(f"{name}_cheapest", *fields, "price_fen", partialFilterExpression=ON_SALE)
    return newest, cheapest


class ListingStore(RegionalStore[Listing]):
    """The listings' collection; what a title is found by is computed at each save."""

    service = "market"
    collection = "listings"
    aggregate = Listing
    noun = "listing"
    missing = "没有找到这件商品，可能已经下架，请看看其他商品。"
    becomes = Follows(person="seller_id")
    of_a_person = PersonalData(
        (
            ExportSection(
                "出售的农产品",
                "seller_id",
                "offered_at",
                {
                    "id": "商品编号", "title": "名称", "description": "说明", "unit": "单位", "price_fen": "单价（分）",
                    "stock": "库存", "stock_milli": "库存（千分之一单位）", "sold": "已售", "sold_milli": "已售（千分之一单位）",
                    "state": "状态", "offered_at": "提交时间", "decided_at": "村里办理时间", "reason": "理由",
                    "region": "所在村区划代码",
                },
            ),
        ),
        erased="taken off sale, words erased; the title stays with the orders of it",
        erase=one_by_one,
        stays=("seller_id",),
        words_stay=("title", "grams", "plain"),
        must_not_begin=who_is_leaving_trades_nothing,
    )  # fmt: skip
    indexes = (
        # the planner looks at an index only where the first field is asked for
        *_on_sale("on_sale", "state"),
        *_on_sale("on_sale_in_a_region", "regions"),
        *_on_sale("on_sale_of_a_seller", "seller_id"),
        *_on_sale("on_sale_by_gram", "grams"),
        # the version before searches by these three, while it runs beside this one; with 0.3.0 they go
        _index("on_sale", "state", newest="on_sale_since"),
        _index("on_sale_in_a_region", "regions", "state", newest="on_sale_since"),
        _index("on_sale_by_gram", "grams", "state", newest="on_sale_since"),
        _index("queue_of_a_region", "regions", "state", "offered_at"),
        _index("of_a_seller", "seller_id", newest="offered_at"),
        _index("of_a_seller_in_a_state", "seller_id", "state", newest="offered_at"),
    )

    def to_document(self, aggregate: Listing) -> dict:
        """Let the listing be found by the words of its title, and only while there is something left of it."""
        return {
            **super().to_document(aggregate),
            **searchable(aggregate.title, also=called(aggregate.title)),
            "sold_out": aggregate.sold_out,
        }

    def find_on_sale(self, listing_id: str) -> Listing:
        """Find a listing that its village vouches for, also one that is sold out just now; raises NotFound for every other one."""
        return self.get(listing_id, scope=ENDORSED)

    def holds_photo(self, listing_id: str, file_id: str) -> bool:
        """Tell whether a listing shows this file."""
        shown = {"_id": listing_id, "photos.id": file_id}
        return self.documents.find_one(shown, {"_id": 1}) is not None

    def tell_of_file(self, listing_id: str, file_id: str, state: str, call: Call) -> bool:
        """Write down what a virus scanner said of a file; False where no listing names it (yet). Repeatable, also at once."""
        try:
            listing = self.get(listing_id)
            events = listing.photo_was_checked(file_id, state)
            if events:
                self.save(listing, events, call.without_key())
        except (NotFound, VersionConflict):
            return False
        return True

    def withdraw_all_of(self, sellers: list[str], call: Call) -> None:
        """Take off sale what these sellers offer: nobody is left to send it. Repeatable; orders that stand are not touched."""
        self._each({"seller_id": {"$in": sellers}, "state": {"$ne": "withdrawn"}}, Listing.withdraw, call)

    def follow_seller(self, sellers: list[str], region: str, edition: str, call: Call) -> None:
        """Let all that these sellers offer belong to where they live now; repeatable."""
        elsewhere = {"$or": [{"region": {"$ne": region}}, {"edition": {"$ne": edition}}]}
        where = {"seller_id": {"$in": sellers}, **elsewhere}
        self._each(where, lambda listing: listing.follow(region, edition), call)

    def _each(self, where: dict, decide: Callable[[Listing], list[NewEvent]], call: Call) -> None:
        """Change every listing that is found, until none is; each is saved under its version."""
        while ids := [found["_id"] for found in self.documents.find(where, {"_id": 1}).limit(AT_ONCE)]:
            for id in ids:
                listing = self.get(id)
                self.save(listing, decide(listing), call.without_key())

    def reserve(self, order: OrderOfBoxes, call: Call) -> bool:
        """Take what is ordered out of the stock until the order is over; False where it cannot have it.

        The same order takes it once, however often it asks; MOST_HOLDS keeps the document small, however many ask.
        """
        milli = order.quantity_milli
        enough = {"$gte": [milli_expression("stock"), milli]}
        in_time = {"$lt": ["$$NOW", order.hold_until]}
        room = {"$lt": [{"$size": _remembered_besides(order.id)}, MOST_HOLDS]}
        where = {
            **ENDORSED,
            "price_fen": order.price_fen,
            "holds.order_id": {"$ne": order.id},
            "$expr": {"$and": [enough, in_time, room]},
        }
        hold = _hold(order.id, milli, "held", order.hold_until)
        change = {**changed(stock=-milli, reserved=milli), "holds": _with(hold)}
        if self.apply(order.listing_id, where, change, call, _moved("listing.reserved", order.id, milli)):
            return True
        return self.holds(order.listing_id, order.id)

    def holds(self, listing_id: str, order_id: str) -> bool:
        """Tell whether the order has what it asked for (reserved or paid)."""
        its = {"$elemMatch": {"order_id": order_id, "state": {"$in": ["held", "sold"]}}}
        return self.documents.find_one({"_id": listing_id, "holds": its}, {"_id": 1}) is not None

    def release(self, listing_id: str, order_id: str, milli: int, until: datetime, call: Call) -> None:
        """Give back what an order that came to nothing took, once; nor can it take any before `until`."""
        ended = _with(_hold(order_id, milli, "released", until))
        change = {**changed(stock=milli, reserved=-milli), "holds": ended}
        if self.apply(listing_id, _held(order_id), change, call, _moved("listing.released", order_id, milli)):
            return
        never = {"holds.order_id": {"$ne": order_id}, "$expr": {"$lt": ["$$NOW", until]}}
        self.apply(listing_id, never, {"holds": ended}, call)

    def sell(self, listing_id: str, order_id: str, milli: int, until: datetime, call: Call) -> None:
        """Count what a paid order took as sold, once."""
        ended = _with(_hold(order_id, milli, "sold", until))
        change = {**changed(reserved=-milli, sold=milli), "holds": ended}
        self.apply(listing_id, _held(order_id), change, call, _moved("listing.sold", order_id, milli))

    def take_back(self, listing_id: str, order_id: str, milli: int, until: datetime, call: Call) -> None:
        """Put the boxes of a paid order that was called off on sale again, once while the hold is remembered.

        Where they do not count as sold yet, the hold is what is released.
        """
        ended = _with(_hold(order_id, milli, "released", until))
        change = {**changed(stock=milli, sold=-milli), "holds": ended}
        otherwise = {"$elemMatch": {"order_id": order_id, "state": {"$ne": "sold"}}}
        where = {"$expr": {"$gte": [milli_expression("sold"), milli]}, "holds": {"$not": otherwise}}
        if not self.apply(listing_id, where, change, call, _moved("listing.released", order_id, milli)):
            self.release(listing_id, order_id, milli, until, call)


def _held(order_id: str) -> dict:
    return {"holds": {"$elemMatch": {"order_id": order_id, "state": "held"}}}


def _moved(name: str, order_id: str, milli: int) -> ComputedEvent:
    return (
        name,
        {"order_id": order_id, "quantity": rounded_up_units(milli), "quantity_milli": milli},
        AFTERWARDS,
    )


def _hold(order_id: str, milli: int, state: str, until: datetime) -> dict:
    amount = {"quantity": rounded_up_units(milli), "quantity_milli": milli}
    return {"order_id": order_id, **amount, "state": state, "until": until}


def _with(hold: dict) -> dict:
    """Put in the order's hold, in the place of the one that it had."""
    return {"$concatArrays": [_remembered_besides(hold["order_id"]), [hold]]}


def _remembered_besides(order_id: str) -> dict:
    """The holds of the other orders without those that ended and are past their time."""
    wanted = {"$or": [{"$eq": ["$$hold.state", "held"]}, {"$gt": ["$$hold.until", "$$NOW"]}]}
    other = {"$ne": ["$$hold.order_id", order_id]}
    return {"$filter": {"input": "$holds", "as": "hold", "cond": {"$and": [other, wanted]}}}
