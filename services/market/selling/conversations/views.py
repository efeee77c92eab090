"""What can be read of conversations: by the two who write, by nobody else."""

from services.civic.calls import Call
from services.market.selling.conversations.ports import Orders
from services.market.selling.conversations.store import ConversationStore
from services.market.selling.parties import side_of, traded_by


def messages(conversations: ConversationStore, orders: Orders, call: Call) -> dict:
    """The messages about an order of the caller's after one of them, the oldest first; empty where nobody has written.

    Raises NotFound for another's order.
    """
    order = orders.get(call.data["order_id"], scope=traded_by(call.actor))
    conversation = conversations.find(order.id)
    if conversation is None:
        return {"items": [], "next": None, "unread": 0}
    after, limit = call.data["after"], call.data["limit"]
    shown = conversation.after(after, limit)
    more = after + len(shown) < conversation.count
    unread = conversation.unread[side_of(conversation, call.actor.entries)]
    return {"items": shown, "next": after + len(shown) if more else None, "unread": unread}
