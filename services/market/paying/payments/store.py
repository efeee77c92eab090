"""Payments as documents: one live payment for one order."""

from datetime import datetime

from pymongo import ASCENDING, IndexModel

from services.chassis.core.errors import Conflict
from services.chassis.storage.paging import newest_first
from services.civic.editions.code_crosswalk import Follows
from services.civic.privacy.personal_data import ExportSection, KeptByLaw, PersonalData
from services.civic.store import ClockedStore
from services.market.paying.payments.model import Payment


class PaymentStore(ClockedStore[Payment]):
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
                    "id": "付款编号", "order_id": "订单编号", "title": "商品", "amount_fen": "金额（分）", "state": "状态",
                    "requested_at": "发起时间", "settled_at": "完成时间", "refunded_at": "退款时间",
                    "refunded_fen": "已退金额（分）",
                },
            ),
        ),
        erased="stays: ids, title, amounts and times",
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
        newest_first("order_id", "requested_at", "of_an_order"),
        newest_first("buyer_id", "requested_at", "of_a_buyer"),
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

    def find_newest(self, order_id: str, scope: dict) -> Payment | None:
        """Find the newest payment of an order; None also where it lies outside `scope`."""
        newest = [("requested_at", -1), ("_id", -1)]
        found = self.documents.find_one({"order_id": order_id, **scope}, sort=newest)
        return self.from_document(found) if found else None

    def postpone(self, payment: Payment, until: datetime) -> None:
        """Ask later; nothing else changes, so there is no new version and no event."""
        same = {"_id": payment.id, "version": payment.version}
        self.documents.update_one(same, {"$set": {"due": until}, "$inc": {"asks": 1}})
