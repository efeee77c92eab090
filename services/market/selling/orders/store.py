"""Orders as documents."""

from pymongo import ASCENDING, DESCENDING, IndexModel
from pymongo.database import Database

from services.chassis.core.errors import AlreadyAnswered, NotFound
from services.chassis.storage.paging import longest_waiting_first, newest_first
from services.civic.calls import Call
from services.civic.editions.code_crosswalk import Follows
from services.civic.masking import mask_name, mask_phone
from services.civic.privacy.personal_data import ExportSection, Open, PersonalData, one_by_one
from services.civic.store import ClockedStore
from services.market.civic.rules import who_is_leaving_trades_nothing
from services.market.selling.orders.model import KNOWN_TO_SELLERS, NOT_SHIPPED, UNFINISHED, UNPAID, Order

SHOWN_TO_SELLERS: dict = {"state": {"$in": list(KNOWN_TO_SELLERS)}}
"""The filter of what stands in a seller's list; an index of its own holds just that."""


ORDER = {
    "id": "订单编号", "title": "商品", "quantity": "数量", "quantity_milli": "数量（千分之一单位）", "unit": "单位",
    "amount_fen": "金额（分）", "refunded_fen": "已退金额（分）", "state": "状态", "created_at": "下单时间", "paid_at": "付款时间", "way": "送货方式", "carrier": "承运人", "tracking": "运单号",
    "shipped_at": "发货时间",
    "received_at": "收货时间", "ended_at": "结束时间", "reason": "原因", "recipient": "收货人", "buyer_id": "买家编号",
    "seller_id": "卖家编号", "acted_by": "代办人编号",
}  # fmt: skip


def _sold(order: Order, people: list[str], database: Database) -> dict:
    """Give of a sale no more of the buyer than the form of the name: where it was sent is the buyer's."""
    recipient = order.recipient
    masked = recipient and {"name": mask_name(recipient["name"]), "phone": mask_phone(recipient["phone"])}
    return {"recipient": masked, "tracking": None}


class OrderStore(ClockedStore[Order]):
    """The orders' collection."""

    service = "market"
    collection = "orders"
    aggregate = Order
    noun = "order"
    missing = "没有找到这个订单，请核对编号。"
    personal = ("recipient", "tracking", "reason")
    becomes = Follows(person="seller_id")
    of_a_person = PersonalData(
        (
            ExportSection("买入的订单", "buyer_id", "created_at", ORDER),
            ExportSection("卖出的订单", "seller_id", "created_at", ORDER, _sold),
        ),
        erased="of a buyer recipient and tracking, of a seller the reason erased; the trade stays",
        erase=one_by_one,
        stays=("buyer_id", "seller_id", "erased"),
        words_stay=("reason",),
        open=Open({"state": {"$in": list(UNFINISHED)}}, "title"),
        must_not_begin=who_is_leaving_trades_nothing,
    )
    indexes = (
        newest_first("buyer_id", "created_at", "of_a_buyer"),
        newest_first("seller_id", "created_at", "of_a_seller"),
        IndexModel(
            [("seller_id", ASCENDING), ("created_at", DESCENDING), ("_id", DESCENDING)],
            name="shown_to_a_seller",
            partialFilterExpression=SHOWN_TO_SELLERS,
        ),
        longest_waiting_first("buyer_id", "created_at", "of_a_buyer_in_a_state"),
        longest_waiting_first("seller_id", "created_at", "of_a_seller_in_a_state"),
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

    def not_shipped_by(self, sellers: list[str], most: int = 100) -> list[str]:
        """Find the ids of orders of which these sellers have not sent anything."""
        where = {"seller_id": {"$in": sellers}, "state": {"$in": list(NOT_SHIPPED)}}
        return [found["_id"] for found in self.documents.find(where, {"_id": 1}).limit(most)]

    def count_unpaid(self, buyer: list[str], besides: str, most: int) -> int:
        """Count up to so many orders that a buyer, under any of these ids, has not paid, besides the one of this id."""
        where = {"buyer_id": {"$in": buyer}, "state": {"$in": list(UNPAID)}, "_id": {"$ne": besides}}
        return self.documents.count_documents(where, limit=most)
