"""What can be read of orders: by its buyer and its seller, by nobody else."""

from services.chassis.storage.paging import page
from services.civic.calls import Call
from services.market.selling.orders.model import Order, only_the_buyers_side_is_shown_to_helpers
from services.market.selling.orders.store import SHOWN_TO_SELLERS, OrderStore


def one(orders: OrderStore, call: Call) -> Order:
    """One order of the caller's, as buyer or seller, also under an entry that was merged into the caller's.

    To a helper only what the ward buys.
    """
    mine = call.actor.entries
    bought: dict = {"buyer_id": {"$in": mine}}
    sold: dict = {"seller_id": {"$in": mine}}
    scope = bought if call.actor.acted_by else {"$or": [bought, sold]}
    return _seen_by(orders.get(call.data["order_id"], scope=scope), mine)


def own(orders: OrderStore, call: Call) -> dict:
    """A page of the caller's orders on one side: all of them newest first, those in one state oldest first.

    Those that came to nothing are shown to their seller only where their state is asked for.
    """
    mine, state, side = call.actor.entries, call.data["state"], call.data["side"]
    only_the_buyers_side_is_shown_to_helpers(side, call.actor.acted_by)
    where: dict = {f"{side}_id": {"$in": mine}}
    if state:
        where["state"] = state
    elif side == "seller":
        where |= SHOWN_TO_SELLERS
    return page(orders.documents, where, call.data, ("created_at", 1 if state else -1), orders.from_document)


def _seen_by(order: Order, mine: list[str]) -> Order:
    return order.seen_by(order.buyer_id if order.buyer_id in mine else order.seller_id)
