"""Payments as documents: one live payment for one order."""

from datetime import datetime

from pymongo import ASCENDING, DESCENDING, IndexModel

from services.chassis.core.errors import Conflict
from services.civic.editions.code_crosswalk import Follows
from services.civic.privacy.personal_data import ExportSection, KeptByLaw, PersonalData
from services.civic.store import RegionalStore
from services.market.paying.payments.model import Payment


class PaymentStore(RegionalStore[Payment]):
    """The payments' collection."""

    service = "market"
    collection = "payments"
    aggregate = Payment
    noun = "payment"
    missing = "没有找到这笔支付，请核对编号。"
    becomes = Follows()
    of_a_person = PersonalData(
        (
            ExportSection(
                "付款",
                "buyer_id",
                "requested_at",
                {
                    "id": "付款编号", "order_id": "订单编号", "amount_fen": "金额（分）", "state": "状态",
                    "requested_at": "发起时间", "settled_at": "完成时间", "refunded_at": "退款时间",
                    "refunded_fen": "已退金额（分）",
                },
            ),
        ),
        erased="stays: ids, amounts and times",
        erase=KeptByLaw("records of a trade are kept for three years (E-Commerce Law, article 31)"),
        stays=("buyer_id",),
    )  # fmt: skip
    indexes = (
        IndexModel(
            [("order_id", ASCENDING)],
            name="one_live_payment_for_one_order",
            unique=True,
            partialFilterExpression={"live": True},
        ),
        IndexModel(
            [("order_id", ASCENDING), ("requested_at", DESCENDING), ("_id", DESCENDING)], name="of_an_order"
        ),
        IndexModel(
            [("buyer_id", ASCENDING), ("requested_at", DESCENDING), ("_id", DESCENDING)], name="of_a_buyer"
        ),
        IndexModel([("due", ASCENDING), ("_id", ASCENDING)], name="due"),
    )

    def conflict(self, index: str) -> Conflict:
        """The order is being paid already."""
        return Conflict("payment.open_already", "这个订单正在支付，请稍后刷新查看结果。")

    def to_document(self, aggregate: Payment) -> dict:
        """Note at each save whether it is live: the unique index goes by it."""
        return {**super().to_document(aggregate), "live": aggregate.live}

    def find_live(self, order_id: str) -> Payment | None:
        """Find the order's payment that is not over."""
        found = self.documents.find_one({"order_id": order_id, "live": True})
        return self.from_document(found) if found else None

    def find_newest(self, order_id: str, buyer_id: str) -> Payment | None:
        """Find the buyer's newest payment of an order."""
        newest = [("requested_at", -1), ("_id", -1)]
        found = self.documents.find_one({"order_id": order_id, "buyer_id": buyer_id}, sort=newest)
        return self.from_document(found) if found else None

    def due(self, now: datetime, most: int) -> list[str]:
        """List the ids of payments on which the clock has to act, longest due first."""
        found = self.documents.find({"due": {"$lte": now}}, {"_id": 1})
        return [document["_id"] for document in found.sort([("due", 1), ("_id", 1)]).limit(most)]

    def postpone(self, payment: Payment, until: datetime) -> None:
        """Ask later; nothing else changes, so there is no new version and no event."""
        same = {"_id": payment.id, "version": payment.version}
        self.documents.update_one(same, {"$set": {"due": until}, "$inc": {"asks": 1}})
