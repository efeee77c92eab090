"""What is done with orders: load -> decide -> save; placing takes the three steps told in the card."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.chassis.core.errors import AlreadyAnswered, NotFound
from services.civic.second_look import undone_where_refused
from services.market.selling.amounts import rounded_up_units, to_milli
from services.market.selling.orders import rules
from services.market.selling.orders.model import Events, Order, OrderTerms
from services.market.selling.parties import bought_by, sold_by

if TYPE_CHECKING:
    from services.chassis.events.event import Envelope
    from services.civic.actor import CivicActor
    from services.civic.calls import Call
    from services.civic.ports import MustNotLeave, People
    from services.market.selling.orders.ports import ListingOnSale, Listings
    from services.market.selling.orders.store import OrderStore


def place(
    orders: OrderStore,
    listings: Listings,
    people: People,
    must_not_leave: MustNotLeave,
    terms: OrderTerms,
    call: Call,
) -> Order:
    """Order boxes; raises Conflict at once where they are sold out.

    `must_not_leave(*people)` raises where one of them is being erased: asked before, and again once the order is written, as is how
    many orders the buyer has not paid.

    A repeated key gives the order as it is now, and takes up what was interrupted.
    """
    order = orders.find_repeated(call) or write_down(orders, listings, people, must_not_leave, terms, call)
    if order.state == "placing":
        with undone_where_refused(orders, order, lambda: order.abandon(call.now), call):
            must_not_leave(order.buyer_id, order.seller_id)
            _few_are_unpaid(orders, terms, call)
    return settle(orders, listings, order, call)


def write_down(
    orders: OrderStore,
    listings: Listings,
    people: People,
    must_not_leave: MustNotLeave,
    terms: OrderTerms,
    call: Call,
) -> Order:
    """Step 1: write the order with its address, before anything is reserved."""
    asked = call.data
    rules.only_known_residents_may_buy(people.find(call.actor.subject))
    listing = listings.find_on_sale(asked["listing_id"])
    must_not_leave(call.actor.subject, listing.seller_id)
    _nobody_deals_with_oneself(listing, call.actor)
    rules.the_price_is_the_one_the_buyer_saw(listing, asked["price_fen"])
    rules.only_so_many_orders_stand_behind_a_listing(listing.is_crowded(call.now))
    _few_are_unpaid(orders, terms, call)
    order = _of(listing, call)
    try:
        orders.add(order, order.request(), call)
    except AlreadyAnswered:
        return orders.get(order.id)  # the same key at the same moment: both go on with one order
    return order


def _nobody_deals_with_oneself(listing: ListingOnSale, actor: CivicActor) -> None:
    rules.nobody_buys_their_own_listing(listing, actor.entries)
    rules.no_helper_sells_to_the_ward(listing, [actor.id, *actor.merged] if actor.acted_by else [])


def _few_are_unpaid(orders: OrderStore, terms: OrderTerms, call: Call) -> None:
    """Of several at the same moment each counts the others: some too many may be refused, never too few."""
    others = orders.count_unpaid(call.actor.entries, call.new_id("order"), terms.most_unpaid)
    rules.a_buyer_has_few_unpaid_orders(others, terms.most_unpaid)


def _of(listing: ListingOnSale, call: Call) -> Order:
    asked = call.data
    quantity_milli = to_milli(asked, "quantity")
    return Order(
        id=call.new_id("order"),
        region=listing.region,
        edition=listing.edition,
        listing_id=listing.id,
        seller_id=listing.seller_id,
        buyer_id=call.actor.subject,
        acted_by=call.actor.acted_by,
        title=listing.title,
        unit=listing.unit,
        quantity=rounded_up_units(quantity_milli),
        quantity_milli=quantity_milli,
        price_fen=listing.price_fen,
        amount_fen=listing.quote(quantity_milli),
        recipient=asked["recipient"],
        created_at=call.now,
    )


def settle(orders: OrderStore, listings: Listings, order: Order, call: Call) -> Order:
    """Steps 2 and 3: reserve, and say what came of it; safe to repeat."""
    if order.state == "placing":
        reserved = listings.reserve(order, call)
        events = order.place(call.now) if reserved else _without_boxes(orders, listings, order, call)
        orders.save(order, events, call)
    rules.the_order_got_its_boxes(order, _remaining(listings, order) if order.state == "sold_out" else 0)
    return order


def _without_boxes(orders: OrderStore, listings: Listings, order: Order, call: Call) -> Events:
    """Look once why nothing was reserved: too late, or too little left. Raises NotFound or Conflict for anything else."""
    if call.now >= order.hold_until:
        return order.abandon(call.now)
    with undone_where_refused(orders, order, lambda: order.abandon(call.now), call):
        listing = listings.find_on_sale(order.listing_id)
        rules.the_price_is_the_one_the_buyer_saw(listing, order.price_fen)
        rules.only_so_many_orders_stand_behind_a_listing(listing.stock_milli >= order.quantity_milli)
    return order.sell_out(call.now)


def _remaining(listings: Listings, order: Order) -> int:
    try:
        return listings.find_on_sale(order.listing_id).stock
    except NotFound:
        return 0


def cancel(orders: OrderStore, call: Call) -> Order:
    """The buyer cancels before shipping; raises NotFound for another's order."""
    order = orders.get(call.data["order_id"], call, bought_by(call.actor))
    orders.save(order, order.cancel(call.now), call)
    return order


def give_up(orders: OrderStore, call: Call) -> Order:
    """The seller gives a paid order up; raises NotFound for another's order."""
    order = orders.get(call.data["order_id"], call, sold_by(call.actor))
    orders.save(order, order.give_up(call.data["reason"], call.now), call)
    return order


def ship(orders: OrderStore, call: Call) -> Order:
    """The seller ships; raises NotFound for another's order."""
    order = orders.get(call.data["order_id"], call, sold_by(call.actor))
    sent = call.data
    orders.save(order, order.ship(sent["carrier"], sent["tracking"], call.now, sent["way"]), call)
    return order


def correct_shipment(orders: OrderStore, call: Call) -> Order:
    """The seller corrects how it was shipped; raises NotFound for another's order."""
    order = orders.get(call.data["order_id"], call, sold_by(call.actor))
    sent = call.data
    orders.save(order, order.correct_shipment(sent["way"], sent["carrier"], sent["tracking"]), call)
    return order


def receive(orders: OrderStore, call: Call) -> Order:
    """The buyer confirms; raises NotFound for another's order."""
    order = orders.get(call.data["order_id"], call, bought_by(call.actor))
    orders.save(order, order.receive(call.now), call)
    return order


def take_payment(orders: OrderStore, call: Call) -> None:
    """A payment has succeeded: the order is paid, or the payment is due back."""
    order = orders.get(call.data["order_id"])
    events = order.pay(call.data["payment_id"], call.now)
    if events:
        orders.save(order, events, call)


def take_refund(orders: OrderStore, call: Call) -> None:
    """Some of a payment, or all of it, was given back."""
    told = call.data
    order = orders.get(told["order_id"])
    before = order.refunded_fen
    events = order.refund(told["payment_id"], told.get("refunded_fen", told["amount_fen"]))
    if events or order.refunded_fen != before:
        orders.save(order, events, call)


def lose_seller(orders: OrderStore, listings: Listings, people: People, event: Envelope, call: Call) -> None:
    """A seller's entry ended: first nothing can be ordered any more, then every order that is not shipped ends.

    Learned before anything else: whoever offers at this moment sees it when looking again. A repeat goes on with what is left.
    """
    people.hear([(event, call)])
    sellers = people.entries_of(call.data["resident_id"])
    listings.withdraw_all_of(sellers, call)
    while ids := orders.not_shipped_by(sellers):
        for id in ids:
            order = orders.get(id)
            orders.save(order, order.lose_seller(call.now), call.without_key())


def sweep(orders: OrderStore, listings: Listings, call: Call, most: int = 200) -> int:
    """Let the clock act on what is due; gives how many orders it changed."""

    def act(order: Order) -> Events:
        reserved = order.state == "placing" and listings.holds(order.listing_id, order.id)
        return order.fall_due(reserved, call.now)

    return orders.sweep(act, call, most)
