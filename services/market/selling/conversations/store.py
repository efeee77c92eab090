"""Conversations as documents: one for an order, under the order's id."""

from pymongo import ASCENDING, IndexModel
from pymongo.database import Database

from services.chassis.core.clock import CHINA
from services.chassis.core.errors import VersionConflict
from services.chassis.storage.paging import newest_first
from services.civic.editions.code_crosswalk import Follows
from services.civic.privacy.personal_data import ExportSection, PersonalData, one_by_one
from services.civic.store import RegionalStore
from services.market.selling.conversations.model import Conversation
from services.market.selling.parties import SIDES

CONVERSATION = {"id": "订单编号", "title": "商品", "begun_at": "开始时间", "messages": "留言"}


def _written(one: Conversation, people: list[str], database: Database) -> dict:
    """Give the messages as lines to read, of both sides: what somebody was told is theirs as well."""
    lines = (
        f"{SIDES[said['side']]} {said['written_at'].astimezone(CHINA):%Y-%m-%d %H:%M}：{said['text']}"
        for said in one.messages
    )
    return {"messages": "\n".join(lines)}


class ConversationStore(RegionalStore[Conversation]):
    """The conversations' collection; what was written is encrypted, and gone after `forget_at`."""

    service = "market"
    collection = "conversations"
    aggregate = Conversation
    noun = "conversation"
    missing = "这个订单还没有留言，可以先写一条。"
    personal = ("messages",)
    becomes = Follows(person="seller_id")
    of_a_person = PersonalData(
        (
            ExportSection("买入订单的留言", "buyer_id", "begun_at", CONVERSATION, _written),
            ExportSection("卖出订单的留言", "seller_id", "begun_at", CONVERSATION, _written),
        ),
        erased="what was written by the party that was erased",
        erase=one_by_one,
        stays=("buyer_id", "seller_id", "erased"),
    )
    indexes = (
        newest_first("buyer_id", "begun_at", "of_a_buyer"),
        newest_first("seller_id", "begun_at", "of_a_seller"),
        IndexModel([("forget_at", ASCENDING)], name="forgotten", expireAfterSeconds=0),
    )

    def conflict(self, index: str) -> VersionConflict:
        """Both wrote the first message at the same moment: the other one goes on with the conversation."""
        return VersionConflict("conversation.begun_meanwhile", "对方刚刚给您留言，请刷新后再写。")

    def find(self, order_id: str) -> Conversation | None:
        """Find the conversation about an order; None where nobody has written."""
        found = self.documents.find_one({"_id": order_id}, {"outbox": 0, "requests": 0})
        return self.from_document(found) if found else None
