"""What can be read of orders: by its buyer and its seller, by nobody else."""

from services.chassis.core.errors import Rejected
from services.chassis.storage.paging import page
from services.civic.calls import Call
from services.market.selling.orders.model import Order
from services.market.selling.orders.store import SHOWN_TO_SELLERS, OrderStore
from services.market.selling.parties import on_one_side, side_of, traded_by


def one(orders: OrderStore, call: Call) -> Order:
    """One order of the caller's, as buyer or seller; to a helper only what the ward buys."""
    order = orders.get(call.data["order_id"], scope=traded_by(call.actor))
    return order.seen_by(side_of(order, call.actor.entries))


def own(orders: OrderStore, call: Call) -> dict:
    """A page of the caller's orders on one side: all of them newest first, those in one state oldest first.

    Those that came to nothing are shown to their seller only where their state is asked for.
    """
    state, side = call.data["state"], call.data["side"]
    refusal = Rejected("order.only_buying_side", "代办只能查看委托人购买的订单，卖出的订单请由本人查看。")
    where = on_one_side(side, call.actor, refusal)
    if state:
        where["state"] = state
    elif side == "seller":
        where |= SHOWN_TO_SELLERS
    return page(orders.documents, where, call.data, ("created_at", 1 if state else -1), orders.from_document)
