"""What is done with orders: load -> decide -> save; placing takes the three steps told in the card."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.chassis.core.errors import AlreadyAnswered, DomainError, NotFound, Rejected
from services.market.selling.amounts import begun, exactly
from services.market.selling.orders import model
from services.market.selling.orders.model import Order

if TYPE_CHECKING:
    from services.civic.calls import Call
    from services.civic.ports import MustNotLeave, People
    from services.market.selling.orders.ports import Listings
    from services.market.selling.orders.store import OrderStore


def place(
    orders: OrderStore, listings: Listings, people: People, must_not_leave: MustNotLeave, call: Call
) -> Order:
    """Order boxes; raises Conflict at once where they are sold out.

    `must_not_leave(*people)` raises where one of them is being erased: asked before, and again once the order is written,
    because whoever looks for unfinished orders may have looked in between.

    A repeated key gives the order as it is now, and takes up what was interrupted.
    """
    order = orders.find_repeated(call) or write_down(orders, listings, people, must_not_leave, call)
    if order.state == "placing":
        try:
            must_not_leave(order.buyer_id, order.seller_id)
        except Rejected:
            orders.save(order, order.abandon(call.now), call)
            raise
    return settle(orders, listings, order, call)


def write_down(
    orders: OrderStore, listings: Listings, people: People, must_not_leave: MustNotLeave, call: Call
) -> Order:
    """Step 1: write the order with its address, before anything is reserved."""
    asked = call.data
    model.only_known_residents_may_buy(people.find(call.actor.subject))
    listing = listings.find_on_sale(asked["listing_id"])
    must_not_leave(call.actor.subject, listing.seller_id)
    model.nobody_buys_their_own_listing(listing, call.actor.subject)
    model.no_helper_sells_to_the_ward(listing, call.actor.acted_by)
    model.the_price_is_the_one_the_buyer_saw(listing, asked["price_fen"])
    quantity_milli = exactly(asked, "quantity")
    order = Order(
        id=call.new_id("order"),
        region=listing.region,
        edition=listing.edition,
        listing_id=listing.id,
        seller_id=listing.seller_id,
        buyer_id=call.actor.subject,
        acted_by=call.actor.acted_by,
        title=listing.title,
        unit=listing.unit,
        quantity=begun(quantity_milli),
        quantity_milli=quantity_milli,
        price_fen=listing.price_fen,
        amount_fen=listing.quote(quantity_milli),
        recipient=asked["recipient"],
        created_at=call.now,
    )
    try:
        orders.add(order, order.request(), call)
    except AlreadyAnswered:
        return orders.get(order.id)  # the same key at the same moment: both go on with one order
    return order


def settle(orders: OrderStore, listings: Listings, order: Order, call: Call) -> Order:
    """Steps 2 and 3: reserve, and say what came of it; safe to repeat."""
    if order.state == "placing":
        reserved = listings.reserve(order, call)
        events = order.place(call.now) if reserved else order.sell_out(call.now)
        orders.save(order, events, call)
    model.the_order_got_its_boxes(order, _remaining(listings, order) if order.state == "sold_out" else 0)
    return order


def _remaining(listings: Listings, order: Order) -> int:
    try:
        return listings.find_on_sale(order.listing_id).stock
    except NotFound:
        return 0


def cancel(orders: OrderStore, call: Call) -> Order:
    """The buyer cancels before shipping; raises NotFound for another's order."""
    order = orders.get(call.data["order_id"], call, {"buyer_id": call.actor.subject})
    orders.save(order, order.cancel(call.now), call)
    return order


def give_up(orders: OrderStore, call: Call) -> Order:
    """The seller gives a paid order up; raises NotFound for another's order."""
    order = orders.get(call.data["order_id"], call, {"seller_id": call.actor.id})
    orders.save(order, order.give_up(call.data["reason"], call.now), call)
    return order


def ship(orders: OrderStore, call: Call) -> Order:
    """The seller ships; raises NotFound for another's order."""
    order = orders.get(call.data["order_id"], call, {"seller_id": call.actor.id})
    sent = call.data
    orders.save(order, order.ship(sent["carrier"], sent["tracking"], call.now, sent["way"]), call)
    return order


def correct_shipment(orders: OrderStore, call: Call) -> Order:
    """The seller corrects how it was shipped; raises NotFound for another's order."""
    order = orders.get(call.data["order_id"], call, {"seller_id": call.actor.id})
    sent = call.data
    orders.save(order, order.correct_shipment(sent["way"], sent["carrier"], sent["tracking"]), call)
    return order


def receive(orders: OrderStore, call: Call) -> Order:
    """The buyer confirms; raises NotFound for another's order."""
    order = orders.get(call.data["order_id"], call, {"buyer_id": call.actor.subject})
    orders.save(order, order.receive(call.now), call)
    return order


def take_payment(orders: OrderStore, call: Call) -> None:
    """A payment has succeeded: the order is paid, or the payment is due back."""
    order = orders.get(call.data["order_id"])
    events = order.pay(call.data["payment_id"], call.now)
    if events:
        orders.save(order, events, call)


def take_refund(orders: OrderStore, call: Call) -> None:
    """A payment was given back."""
    order = orders.get(call.data["order_id"])
    events = order.refund(call.data["payment_id"])
    if events:
        orders.save(order, events, call)


def sweep(orders: OrderStore, listings: Listings, call: Call, most: int = 200) -> int:
    """Let the clock act on what is due; gives how many orders it changed.

    Two sweeps at once are safe: each order is saved under its version, and the one who loses leaves it to the
    other.
    """
    changed = 0
    for order_id in orders.due(call.now, most):
        try:
            order = orders.get(order_id)
            reserved = order.state == "placing" and listings.holds(order.listing_id, order.id)
            events = order.fall_due(reserved, call.now)
            if events:
                orders.save(order, events, call)
                changed += 1
        except DomainError:
            continue  # somebody acted on it meanwhile; what is still due comes with the next sweep
    return changed
