"""What buyer and seller wrote to each other about one order, and the rules of it."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Protocol

from services.chassis.core.clock import in_words
from services.chassis.core.errors import Conflict, Rejected, TooMany
from services.market.selling.parties import side_of

if TYPE_CHECKING:
    from services.market.selling.conversations.ports import OrderToTalkAbout

MOST = 200
"""Our default: messages about one order; what takes longer is talked about in person."""

MOST_AN_HOUR = 20
"""Our default: messages of one side in an hour."""

GONE = "（对方已注销）"
Events = list[tuple[str, dict]]


class ConversationSettings(Protocol):
    """The settings of which terms are made."""

    conversation_open_days: int
    conversation_kept_months: int


@dataclass(frozen=True)
class ConversationTerms:
    """How many days after an order's end it can still be written about, and how many months what was written is kept."""

    open_days: int = 30
    kept_months: int = 12

    @classmethod
    def from_platform(cls, database: object, settings: ConversationSettings) -> ConversationTerms:
        """Take them from the settings."""
        return cls(settings.conversation_open_days, settings.conversation_kept_months)


@dataclass
class Conversation:
    """The messages about one order, whose id it has; each is {number, side, text, written_at}, numbered from 1.

    `unread` says how many messages of the other each side has not read; after `forget_at` all of it is gone.
    """

    id: str
    region: str
    buyer_id: str
    seller_id: str
    title: str
    begun_at: datetime
    messages: list[dict] = field(default_factory=list)
    unread: dict[str, int] = field(default_factory=lambda: {"buyer": 0, "seller": 0})
    forget_at: datetime | None = None
    erased: list[str] = field(default_factory=list)
    edition: str = ""
    formerly: list[dict] = field(default_factory=list)
    version: int = 0

    @property
    def count(self) -> int:
        """How many messages there are, which is the number of the last."""
        return len(self.messages)

    def write(self, side: str, text: str, terms: ConversationTerms, now: datetime) -> Events:
        """Add a message; who writes has read what was there. Raises Rejected or TooMany where it is too much.

        The other is told where nothing was unread: not of every message.
        """
        there_is_room_for_another_message(self)
        nobody_floods_the_other(self, side, now)
        other = "seller" if side == "buyer" else "buyer"
        written = {"number": self.count + 1, "side": side, "text": text, "written_at": now}
        self.messages = [*self.messages, written]
        self.unread = {side: 0, other: self.unread[other] + 1}
        self.forget_at = now + timedelta(days=31 * terms.kept_months)
        if self.unread[other] > 1:
            return []
        parties = {"buyer_id": self.buyer_id, "seller_id": self.seller_id}
        told = {"order_id": self.id, **parties, "recipient_id": parties[f"{other}_id"], "title": self.title}
        return [("conversation.message_left", told)]

    def read(self, side: str) -> None:
        """Somebody has read what the other wrote, and is told of the next message again."""
        self.unread = {**self.unread, side: 0}

    def after(self, number: int, most: int) -> list[dict]:
        """Give the messages after one, the oldest first."""
        return self.messages[number : number + most]

    def erase(self, person: str, now: datetime) -> Events:
        """Erase what a party that was erased wrote; what the other wrote is the other's."""
        side = side_of(self, [person])
        self.messages = [{**one, "text": GONE} if one["side"] == side else one for one in self.messages]
        self.erased = sorted({*self.erased, person})
        return []


def only_a_paid_order_is_talked_about(order: OrderToTalkAbout) -> None:
    """From payment on the two have something to settle; before, everybody could write to every seller."""
    if order.paid_at is None:
        raise Conflict("conversation.not_paid", "付款以后才能给对方留言。")


def an_order_long_over_is_talked_about_no_more(
    order: OrderToTalkAbout, terms: ConversationTerms, now: datetime
) -> None:
    """There is an end to being written to by a stranger; with who has left nobody talks."""
    over = order.received_at or order.ended_at
    if order.erased or (over and now > over + timedelta(days=terms.open_days)):
        raise Conflict(
            "conversation.closed",
            "这个订单早已办完或对方已注销，不能再留言；留言记录仍可以查看，有争议请联系县里。",
        )


def there_is_room_for_another_message(conversation: Conversation) -> None:
    """One document holds them all."""
    if conversation.count >= MOST:
        raise Rejected("conversation.full", "这个订单的留言已满，请与对方当面或用其他方式商量。", most=MOST)


def nobody_floods_the_other(conversation: Conversation, side: str, now: datetime) -> None:
    """Whoever has something to say says it in a few messages."""
    own = [one["written_at"] for one in conversation.messages if one["side"] == side]
    if len(own) < MOST_AN_HOUR:
        return
    wait = own[-MOST_AN_HOUR] + timedelta(hours=1) - now
    if wait > timedelta(0):
        raise TooMany(
            "conversation.too_many",
            f"您一小时内的留言太多了，请在 {in_words(wait.total_seconds())}后再写。",
            most=MOST_AN_HOUR,
            retry_after=math.ceil(wait.total_seconds()),
        )
