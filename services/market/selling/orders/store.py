"""Orders as documents."""

from datetime import datetime

from pymongo import ASCENDING, DESCENDING, IndexModel

from services.chassis.core.errors import AlreadyAnswered, NotFound
from services.civic.calls import Call
from services.civic.editions.code_crosswalk import Follows
from services.civic.store import RegionalStore
from services.market.selling.orders.model import UNFINISHED, Order


def _newest(party: str, name: str) -> IndexModel:
    return IndexModel([(party, ASCENDING), ("created_at", DESCENDING), ("_id", DESCENDING)], name=name)


def _longest_waiting(party: str, name: str) -> IndexModel:
    return IndexModel([(field, ASCENDING) for field in (party, "state", "created_at", "_id")], name=name)


class OrderStore(RegionalStore[Order]):
    """The orders' collection."""

    service = "market"
    collection = "orders"
    aggregate = Order
    noun = "order"
    missing = "没有找到这个订单，请核对编号。"
    personal = ("recipient", "tracking", "reason")
    becomes = Follows(person="seller_id")
    indexes = (
        IndexModel([("due", ASCENDING), ("_id", ASCENDING)], name="due"),
        _newest("buyer_id", "of_a_buyer"),
        _newest("seller_id", "of_a_seller"),
        _longest_waiting("buyer_id", "of_a_buyer_in_a_state"),
        _longest_waiting("seller_id", "of_a_seller_in_a_state"),
    )

    def find_repeated(self, call: Call) -> Order | None:
        """Find the order that this call's key wrote before, as it is now; None for a new key.

        Raises Rejected where the key came with another request.
        """
        order_id = call.new_id("order")
        try:
            return self.get(order_id, call)
        except AlreadyAnswered:
            return self.get(order_id)
        except NotFound:
            return None

    def unfinished_of(self, person: str, most: int) -> tuple[int, list[Order]]:
        """Count a person's orders that are not finished, and load the first of them."""
        where = {**_party(person), "state": {"$in": list(UNFINISHED)}}
        found = self.documents.find(where, {"outbox": 0, "requests": 0}).limit(most)
        return self.documents.count_documents(where), [self.from_document(one) for one in found]

    def not_erased_of(self, person: str, most: int) -> list[str]:
        """List the ids of a person's orders that may still hold personal data."""
        where = {**_party(person), "erased": {"$ne": person}}
        return [found["_id"] for found in self.documents.find(where, {"_id": 1}).limit(most)]

    def forget_answers(self, id: str) -> None:
        """Forget what was answered under idempotency keys: the answers hold the recipient."""
        self.documents.update_one({"_id": id}, {"$set": {"requests": []}})

    def due(self, now: datetime, most: int) -> list[str]:
        """List the ids of orders on which the clock has to act, longest due first."""
        found = self.documents.find({"due": {"$lte": now}}, {"_id": 1})
        return [document["_id"] for document in found.sort([("due", 1), ("_id", 1)]).limit(most)]


def _party(person: str) -> dict:
    return {"$or": [{"buyer_id": person}, {"seller_id": person}]}
