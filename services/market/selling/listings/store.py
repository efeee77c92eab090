"""Listings as documents, and the one write that takes or gives back stock.

A reservation is one conditional update: `stock >= quantity`, on sale, at the price the buyer agreed to, and
not known yet. The server computes it, and the event with the stock after it, inside the write: no buyer loses an
optimistic race and has to try again, however many want the last box.

An order's hold is `held`, then `sold` or `released`. A hold is only taken before its `until` on the
database's clock, and an ended one is remembered until then: a step that was delayed cannot take stock for an
order that is over.
"""

from datetime import datetime

from pymongo import ASCENDING, DESCENDING, IndexModel

from services.chassis.events.outbox import ComputedEvent
from services.chassis.storage.ngram_search import searchable
from services.civic.calls import Call
from services.civic.editions.code_crosswalk import Follows
from services.civic.privacy.personal_data import ExportSection, PersonalData, one_by_one
from services.civic.store import RegionalStore
from services.market.civic.rules import who_is_leaving_trades_nothing
from services.market.selling.listings.model import Listing
from services.market.selling.listings.ports import OrderOfBoxes

ON_SALE = {"state": "endorsed"}
AFTERWARDS = {"listing_id": "$_id", "stock": "$stock", "reserved": "$reserved"}
"""What every movement of stock says of the listing, as the write leaves it."""


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
                    "id": "商品编号", "title": "名称", "description": "说明", "unit": "单位", "price_fen": "单价（分）", "stock": "库存",
                    "sold": "已售", "state": "状态", "offered_at": "提交时间", "decided_at": "村里办理时间", "reason": "理由",
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
        IndexModel(
            [("state", ASCENDING), ("on_sale_since", DESCENDING), ("_id", DESCENDING)], name="on_sale"
        ),
        IndexModel(
            [
                ("regions", ASCENDING),
                ("state", ASCENDING),
                ("on_sale_since", DESCENDING),
                ("_id", DESCENDING),
            ],
            name="on_sale_in_a_region",
        ),
        IndexModel(
            [("grams", ASCENDING), ("state", ASCENDING), ("on_sale_since", DESCENDING), ("_id", DESCENDING)],
            name="on_sale_by_gram",
        ),
        IndexModel(
            [("regions", ASCENDING), ("state", ASCENDING), ("offered_at", ASCENDING), ("_id", ASCENDING)],
            name="queue_of_a_region",
        ),
        IndexModel(
            [("seller_id", ASCENDING), ("offered_at", DESCENDING), ("_id", DESCENDING)], name="of_a_seller"
        ),
    )

    def to_document(self, aggregate: Listing) -> dict:
        """Let the listing be found by the words of its title."""
        return {**super().to_document(aggregate), **searchable(aggregate.title)}

    def find_on_sale(self, listing_id: str) -> Listing:
        """Find a listing that is on sale; raises NotFound for every other one."""
        return self.get(listing_id, scope=ON_SALE)

    def reserve(self, order: OrderOfBoxes, call: Call) -> bool:
        """Take the order's boxes out of the stock until it is over; False where it cannot have them.

        The same order takes them once, however often it asks.
        """
        where = {
            **ON_SALE,
            "price_fen": order.price_fen,
            "stock": {"$gte": order.quantity},
            "holds.order_id": {"$ne": order.id},
            "$expr": {"$lt": ["$$NOW", order.hold_until]},
        }
        change = {
            "stock": {"$subtract": ["$stock", order.quantity]},
            "reserved": {"$add": ["$reserved", order.quantity]},
            "holds": {
                "$concatArrays": ["$holds", [_hold(order.id, order.quantity, "held", order.hold_until)]]
            },
        }
        reserved = _moved("listing.reserved", order.id, order.quantity)
        if self.apply(order.listing_id, where, change, call, reserved):
            return True
        return self.holds(order.listing_id, order.id)

    def holds(self, listing_id: str, order_id: str) -> bool:
        """Tell whether the order has its boxes (reserved or paid)."""
        its = {"$elemMatch": {"order_id": order_id, "state": {"$in": ["held", "sold"]}}}
        return self.documents.find_one({"_id": listing_id, "holds": its}, {"_id": 1}) is not None

    def release(self, listing_id: str, order_id: str, quantity: int, until: datetime, call: Call) -> None:
        """Give the boxes of an order that came to nothing back, once; nor can it take any before `until`."""
        change = {
            "stock": {"$add": ["$stock", quantity]},
            "reserved": {"$subtract": ["$reserved", quantity]},
            "holds": _ended(_hold(order_id, quantity, "released", until)),
        }
        released = _moved("listing.released", order_id, quantity)
        if self.apply(listing_id, _held(order_id), change, call, released):
            return
        never = {"holds.order_id": {"$ne": order_id}, "$expr": {"$lt": ["$$NOW", until]}}
        self.apply(listing_id, never, {"holds": change["holds"]}, call)

    def sell(self, listing_id: str, order_id: str, quantity: int, until: datetime, call: Call) -> None:
        """Count the boxes of a paid order as sold, once."""
        change = {
            "reserved": {"$subtract": ["$reserved", quantity]},
            "sold": {"$add": ["$sold", quantity]},
            "holds": _ended(_hold(order_id, quantity, "sold", until)),
        }
        self.apply(listing_id, _held(order_id), change, call, _moved("listing.sold", order_id, quantity))

    def take_back(self, listing_id: str, order_id: str, quantity: int, until: datetime, call: Call) -> None:
        """Put the boxes of a paid order that was called off on sale again, once while the hold is remembered.

        Where they do not count as sold yet, the hold is what is released.
        """
        change = {
            "stock": {"$add": ["$stock", quantity]},
            "sold": {"$subtract": ["$sold", quantity]},
            "holds": _ended(_hold(order_id, quantity, "released", until)),
        }
        otherwise = {"$elemMatch": {"order_id": order_id, "state": {"$ne": "sold"}}}
        where = {"sold": {"$gte": quantity}, "holds": {"$not": otherwise}}
        if not self.apply(listing_id, where, change, call, _moved("listing.released", order_id, quantity)):
            self.release(listing_id, order_id, quantity, until, call)


def _held(order_id: str) -> dict:
    return {"holds": {"$elemMatch": {"order_id": order_id, "state": "held"}}}


def _moved(name: str, order_id: str, quantity: int) -> ComputedEvent:
    return name, {"order_id": order_id, "quantity": quantity}, AFTERWARDS


def _hold(order_id: str, quantity: int, state: str, until: datetime) -> dict:
    return {"order_id": order_id, "quantity": quantity, "state": state, "until": until}


def _ended(hold: dict) -> dict:
    """Replace the order's hold by its ended one, and forget ended ones that are past their time."""
    wanted = {"$or": [{"$eq": ["$$hold.state", "held"]}, {"$gt": ["$$hold.until", "$$NOW"]}]}
    other = {"$ne": ["$$hold.order_id", hold["order_id"]]}
    kept = {"$filter": {"input": "$holds", "as": "hold", "cond": {"$and": [other, wanted]}}}
    return {"$concatArrays": [kept, [hold]]}
