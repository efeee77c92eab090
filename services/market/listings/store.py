"""Listings as documents, and the one write that takes or gives back stock.

A reservation is one conditional update: `stock >= quantity`, on sale, at the price the buyer agreed to, and
not known yet. It is a pipeline, so that the new version and the event with the stock after it are computed
inside the write: no buyer loses an optimistic race and has to try again, however many want the last box.

An order's hold is `held`, then `sold` or `released`. A hold is only taken before its `until` on the
database's clock, and an ended one is remembered until then: a step that was delayed cannot take stock for an
order that is over.
"""

from datetime import datetime

from pymongo import ASCENDING, DESCENDING, IndexModel

from services.chassis.calls import Call
from services.chassis.context import correlation_id, traceparent
from services.chassis.documents import Store
from services.chassis.events import Envelope, check_data
from services.market.listings.model import Listing

ON_SALE = {"state": "endorsed"}


class ListingStore(Store):
    """The listings' collection."""

    service = "market"
    collection = "listings"
    aggregate = Listing
    noun = "listing"
    missing = "没有找到这件商品，可能已经下架，请看看其他商品。"
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
            [("words", ASCENDING), ("state", ASCENDING), ("on_sale_since", DESCENDING), ("_id", DESCENDING)],
            name="on_sale_by_word",
        ),
        IndexModel(
            [("regions", ASCENDING), ("state", ASCENDING), ("offered_at", ASCENDING), ("_id", ASCENDING)],
            name="queue_of_a_region",
        ),
        IndexModel(
            [("seller_id", ASCENDING), ("offered_at", DESCENDING), ("_id", DESCENDING)], name="of_a_seller"
        ),
    )

    def find_on_sale(self, listing_id: str) -> Listing:
        """Give a listing that is on sale; raises NotFound for every other one."""
        return self.get(listing_id, scope=ON_SALE)

    def reserve(self, order, call: Call) -> bool:
        """Take the order's boxes out of the stock until it is over; False where it cannot have them.

        The same order takes them once, however often it asks. `order` has id, listing_id, quantity,
        price_fen, hold_until.
        """
        where = {
            "_id": order.listing_id,
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
        if self._write(where, change, call, "listing.reserved", order.id, order.quantity):
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
        if self._write(_held(listing_id, order_id), change, call, "listing.released", order_id, quantity):
            return
        never = {"_id": listing_id, "holds.order_id": {"$ne": order_id}, "$expr": {"$lt": ["$$NOW", until]}}
        self._write(never, {"holds": change["holds"]}, call)

    def sell(self, listing_id: str, order_id: str, quantity: int, until: datetime, call: Call) -> None:
        """Count the boxes of a paid order as sold, once."""
        change = {
            "reserved": {"$subtract": ["$reserved", quantity]},
            "sold": {"$add": ["$sold", quantity]},
            "holds": _ended(_hold(order_id, quantity, "sold", until)),
        }
        self._write(_held(listing_id, order_id), change, call, "listing.sold", order_id, quantity)

    def _write(
        self, where: dict, change: dict, call: Call, event: str = "", order_id: str = "", quantity: int = 0
    ) -> bool:
        stages = [{"$set": {**change, "version": {"$add": ["$version", 1]}}}]
        if event:
            outbox = {
                "$concatArrays": [{"$ifNull": ["$outbox", []]}, [_envelope(event, order_id, quantity, call)]]
            }
            stages.append(
                {"$set": {"outbox": outbox, "pending_since": {"$min": ["$pending_since", call.now]}}}
            )
        return self.documents.update_one(where, stages).matched_count == 1


def _held(listing_id: str, order_id: str) -> dict:
    return {"_id": listing_id, "holds": {"$elemMatch": {"order_id": order_id, "state": "held"}}}


def _hold(order_id: str, quantity: int, state: str, until: datetime) -> dict:
    return {"order_id": order_id, "quantity": quantity, "state": state, "until": until}


def _ended(hold: dict) -> dict:
    """Replace the order's hold by its ended one, and forget ended ones that are past their time."""
    wanted = {"$or": [{"$eq": ["$$hold.state", "held"]}, {"$gt": ["$$hold.until", "$$NOW"]}]}
    other = {"$ne": ["$$hold.order_id", hold["order_id"]]}
    kept = {"$filter": {"input": "$holds", "as": "hold", "cond": {"$and": [other, wanted]}}}
    return {"$concatArrays": [kept, [hold]]}


def _envelope(name: str, order_id: str, quantity: int, call: Call) -> dict:
    """Give an event whose sequence and stock the write itself fills in from the document after it."""
    full_name = f"{ListingStore.service}.{name}"
    said = {"order_id": order_id, "quantity": quantity}
    check_data(full_name, 1, {**said, "listing_id": "filled-in", "stock": 0, "reserved": 0})
    made = Envelope(
        id="",
        type=f"xiangzhi.{full_name}.v1",
        source=f"/xiangzhi/{ListingStore.service}",
        subject="",
        time=call.now,
        region="",
        sequence=0,
        data={},
    )
    return {
        **made.to_document(),
        "id": {"$concat": ["$_id", ":", {"$toString": "$version"}]},
        "subject": "$_id",
        "partitionkey": "$_id",
        "region": "$region",
        "sequence": "$version",
        "data": {**said, "listing_id": "$_id", "stock": "$stock", "reserved": "$reserved"},
        # these come from outside: a leading '$' must not be read as a field
        "traceparent": {"$literal": traceparent()},
        "correlation": {"$literal": correlation_id()},
    }
