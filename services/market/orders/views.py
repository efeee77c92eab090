"""What can be read of orders: by its buyer and its seller, by nobody else."""

from services.chassis.calls import Call
from services.chassis.paging import page
from services.market.orders.model import only_the_buyers_side_is_shown_to_helpers
from services.market.orders.store import OrderStore


def one(orders: OrderStore, call: Call):
    """Give one order of the caller's, as buyer or seller; to a helper only what the ward buys."""
    me = call.actor.subject
    bought, sold = {"buyer_id": me}, {"seller_id": me}
    order = orders.get(
        call.data["order_id"], scope=bought if call.actor.acted_by else {"$or": [bought, sold]}
    )
    return order.seen_by(me)


def own(orders: OrderStore, call: Call) -> dict:
    """Give a page of the caller's orders on one side, newest first."""
    me = call.actor.subject
    only_the_buyers_side_is_shown_to_helpers(call.data["side"], call.actor.acted_by)

    def seen(document: dict):
        return orders.from_document(document).seen_by(me)

    return page(orders.documents, {f"{call.data['side']}_id": me}, call.data, ("created_at", -1), seen)
