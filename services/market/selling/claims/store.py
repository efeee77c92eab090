"""Claims as documents: numbered within their order."""

from contextlib import suppress
from datetime import datetime

from pymongo import ASCENDING, IndexModel

from services.chassis.core.errors import NotFound, VersionConflict
from services.chassis.storage.paging import longest_waiting_first, newest_first
from services.civic.calls import Call
from services.civic.editions.code_crosswalk import Follows
from services.civic.privacy.personal_data import ExportSection, Open, PersonalData, one_by_one
from services.civic.store import ClockedStore
from services.market.civic.rules import who_is_leaving_trades_nothing
from services.market.selling.claims.model import UNFINISHED, Claim

CLAIM = {
    "id": "退款编号", "order_id": "订单编号", "title": "商品", "paid_fen": "订单金额（分）", "amount_fen": "申请退款（分）",
    "goods_back": "是否退货", "reason": "买家的理由", "state": "状态", "asked_at": "申请时间", "answer": "卖家的答复",
    "statement": "争议陈述", "disputed_at": "提交处理时间", "ruling": "处理意见", "decided_at": "处理时间", "agreed_fen": "退款（分）",
    "carrier": "承运人", "tracking": "运单号", "sent_at": "寄回时间", "refunded_at": "退款时间", "ended_at": "结束时间",
    "buyer_id": "买家编号", "seller_id": "卖家编号", "acted_by": "代办人编号",
}  # fmt: skip


class ClaimStore(ClockedStore[Claim]):
    """The claims' collection; what the two and the office wrote is encrypted."""

    service = "market"
    collection = "claims"
    aggregate = Claim
    noun = "claim"
    missing = "没有找到这件退款，请核对编号。"
    has_deadlines = True
    personal = ("reason", "answer", "statement", "ruling", "tracking")
    becomes = Follows(person="seller_id")
    of_a_person = PersonalData(
        (
            ExportSection("买入商品的退款", "buyer_id", "asked_at", CLAIM),
            ExportSection("卖出商品的退款", "seller_id", "asked_at", CLAIM),
        ),
        erased="the words of the party that was erased; the trade stays",
        erase=one_by_one,
        stays=("buyer_id", "seller_id", "erased"),
        words_stay=("reason", "answer", "statement", "ruling", "tracking"),
        open=Open({"state": {"$in": list(UNFINISHED)}}, "title"),
        must_not_begin=who_is_leaving_trades_nothing,
    )
    indexes = (
        IndexModel(
            [("order_id", ASCENDING), ("number", ASCENDING)], name="numbered_within_an_order", unique=True
        ),
        newest_first("buyer_id", "asked_at", "of_a_buyer"),
        newest_first("seller_id", "asked_at", "of_a_seller"),
        longest_waiting_first("buyer_id", "asked_at", "of_a_buyer_in_a_state"),
        longest_waiting_first("seller_id", "asked_at", "of_a_seller_in_a_state"),
        longest_waiting_first("regions", "disputed_at", "disputes_of_a_region"),
        IndexModel([("overdue", ASCENDING)], name="undecided", partialFilterExpression={"state": "disputed"}),
    )

    def late(self, now: datetime) -> list[dict]:
        """Find the disputes that the county was told are decided too late."""
        return [{"state": "disputed", "overdue": True}]

    def conflict(self, index: str) -> VersionConflict:
        """Another claim on the order was asked at the same moment: the rules are asked again, with it."""
        return VersionConflict("claim.asked_meanwhile", "这个订单刚刚提交了另一件退款，请刷新后再看。")

    def stop_at_repeat(self, call: Call) -> None:
        """Raise AlreadyAnswered where this call's key has made its claim before."""
        with suppress(NotFound):
            self.get(call.new_id("claim"), call)

    def find(self, claim_id: str | None) -> Claim | None:
        """Find a claim; None where there is none of this id."""
        found = self.documents.find_one({"_id": claim_id}) if claim_id else None
        return self.from_document(found) if found else None

    def of_order(self, order_id: str) -> list[Claim]:
        """List the claims on an order in the order of their numbers; there are few."""
        return [self.from_document(one) for one in self.documents.find({"order_id": order_id}).sort("number")]
