"""Orders as documents."""

from datetime import datetime

from pymongo import ASCENDING, DESCENDING, IndexModel

from services.chassis.calls import Call
from services.chassis.documents import Store
from services.chassis.errors import AlreadyAnswered, NotFound
from services.market.orders.model import Order


class OrderStore(Store):
    """The orders' collection."""

    service = "market"
    collection = "orders"
    aggregate = Order
    noun = "order"
    missing = "没有找到这个订单，请核对编号。"
    personal = ("recipient", "tracking", "reason")
    indexes = (
        IndexModel([("due", ASCENDING), ("_id", ASCENDING)], name="due"),
        IndexModel(
            [("buyer_id", ASCENDING), ("created_at", DESCENDING), ("_id", DESCENDING)], name="of_a_buyer"
        ),
        IndexModel(
            [("seller_id", ASCENDING), ("created_at", DESCENDING), ("_id", DESCENDING)], name="of_a_seller"
        ),
    )

    def find_repeated(self, call: Call) -> Order | None:
        """Give the order that this call's key wrote before, as it is now; None for a new key.

        Raises Rejected where the key came with another request.
        """
        order_id = call.new_id("order")
        try:
            return self.get(order_id, call)
        except AlreadyAnswered:
            return self.get(order_id)
        except NotFound:
            return None

    def due(self, now: datetime, most: int) -> list[str]:
        """Give the ids of orders on which the clock has to act, longest due first."""
        found = self.documents.find({"due": {"$lte": now}}, {"_id": 1})
        return [document["_id"] for document in found.sort([("due", 1), ("_id", 1)]).limit(most)]
