"""What is done with conversations: load -> decide -> save."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from services.chassis.core.errors import NotFound
from services.market.selling.conversations import model
from services.market.selling.conversations.model import Conversation, ConversationTerms
from services.market.selling.parties import side_of

if TYPE_CHECKING:
    from services.civic.calls import Call
    from services.market.selling.conversations.ports import Orders, OrderToTalkAbout
    from services.market.selling.conversations.store import ConversationStore


def write(
    conversations: ConversationStore, orders: Orders, terms: ConversationTerms, scope: dict, call: Call
) -> Conversation:
    """Write to the other; raises NotFound for another's order, Conflict, Rejected or TooMany by a rule."""
    order = orders.get(call.data["order_id"], scope=scope)
    model.only_a_paid_order_is_talked_about(order)
    model.an_order_long_over_is_talked_about_no_more(order, terms, call.now)
    conversation = _found_or_begun(conversations, order, call)
    side = side_of(conversation, call.actor.entries)
    events = conversation.write(side, call.data["text"], terms, call.now)
    keep = conversations.save if conversation.version else conversations.add
    keep(conversation, events, call)
    return conversation


def _found_or_begun(conversations: ConversationStore, order: OrderToTalkAbout, call: Call) -> Conversation:
    with suppress(NotFound):
        return conversations.get(order.id, call)
    return Conversation(
        id=order.id,
        region=order.region,
        edition=order.edition,
        buyer_id=order.buyer_id,
        seller_id=order.seller_id,
        title=order.title,
        begun_at=call.now,
    )


def read(conversations: ConversationStore, scope: dict, call: Call) -> Conversation:
    """Note that the caller has read it; raises NotFound for another's, or where nothing was written."""
    conversation = conversations.get(call.data["order_id"], call, scope)
    conversation.read(side_of(conversation, call.actor.entries))
    conversations.save(conversation, [], call)
    return conversation
