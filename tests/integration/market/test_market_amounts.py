"""Produce that is sold by the half 斤: exact from the quote through order, stock and refund, also beside the version before."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from services.chassis.core.errors import DomainError
from services.civic.actor import ANONYMOUS
from tests.integration.market.conftest import BUYER, ENDORSER, KIWI, OTHER, RECIPIENT, SELLER

EGGS = {"title": "土鸡蛋", "description": "自家散养", "unit": "斤", "price_fen": 1285, "step_milli": 500}
WHOLE = {name: value for name, value in KIWI.items() if name != "stock"}


def eggs(market, stock_milli: int = 2500, **given) -> str:
    offered = market.ask(SELLER, "offer_produce", **{**EGGS, "stock_milli": stock_milli, **given})
    return market.ask(ENDORSER, "endorse_listing", listing_id=offered["id"])["id"]


def order(market, listing: str, actor=BUYER, **given) -> dict:
    return market.ask(actor, "place_order", listing_id=listing, recipient=RECIPIENT, **given)


def counts(market, listing: str) -> tuple[int, int, int]:
    found = market.listing(listing)
    return found.stock_milli, found.reserved_milli, found.sold_milli


def shown(market, listing: str) -> dict:
    return market.ask(ANONYMOUS, "find_listing_on_sale", listing_id=listing)


def test_what_so_much_costs_is_told_before_it_is_ordered_and_is_what_is_charged(market):
    listing = eggs(market)
    quote = market.ask(ANONYMOUS, "quote_listing", listing_id=listing, quantity_milli=1500)
    assert quote == {
        "listing_id": listing,
        "unit": "斤",
        "price_fen": 1285,
        "step_milli": 500,
        "quantity_milli": 1500,
        "amount_fen": 1928,
        "stock_milli": 2500,
        "available": True,
    }
    placed = order(market, listing, quantity_milli=1500)
    assert (placed["quantity_milli"], placed["quantity"], placed["amount_fen"]) == (1500, 2, 1928)
    assert not market.ask(ANONYMOUS, "quote_listing", listing_id=listing, quantity_milli=1500)["available"]
    assert (
        market.refused(BUYER, "quote_listing", listing_id=listing, quantity_milli=700)
        == "listing.not_in_steps"
    )
    assert (
        market.refused(BUYER, "quote_listing", listing_id="none", quantity_milli=500) == "listing.not_found"
    )


def test_stock_moves_by_exactly_what_was_ordered_paid_or_given_back(market, receiver):
    listing = eggs(market)
    paid, cancelled = order(market, listing, quantity_milli=1500), order(market, listing, quantity_milli=500)
    assert counts(market, listing) == (500, 2000, 0)
    market.ask(BUYER, "cancel_order", order_id=cancelled["id"])
    market.deliver(copies=2)
    assert counts(market, listing) == (1000, 1500, 0)
    market.pay(paid)
    market.deliver()
    receiver.wait_for(1)
    market.deliver(copies=2)
    assert counts(market, listing) == (1000, 0, 1500)


def test_every_event_tells_the_exact_amount_beside_the_whole_units_that_it_always_told(market):
    listing = eggs(market)
    placed = order(market, listing, quantity_milli=1500)
    market.ask(BUYER, "cancel_order", order_id=placed["id"])
    market.deliver()
    told = {event.name.removeprefix("market."): event.data for event in market.heard}
    assert (told["listing.offered"]["stock"], told["listing.offered"]["stock_milli"]) == (2, 2500)
    reserved = told["listing.reserved"]
    assert (reserved["quantity"], reserved["stock"], reserved["reserved"]) == (2, 1, 1)
    assert (reserved["quantity_milli"], reserved["stock_milli"], reserved["reserved_milli"]) == (
        1500,
        1000,
        1500,
    )
    assert (told["order.cancelled"]["quantity"], told["order.cancelled"]["quantity_milli"]) == (2, 1500)
    assert (told["listing.released"]["stock_milli"], told["listing.released"]["reserved_milli"]) == (2500, 0)
    assert all(isinstance(value, (int, str)) for data in told.values() for value in data.values())


def test_whoever_orders_whole_units_as_before_pays_for_whole_units(market):
    listing = eggs(market, 3000)
    placed = order(market, listing, quantity=2)
    assert (placed["quantity"], placed["quantity_milli"], placed["amount_fen"]) == (2, 2000, 2570)
    assert counts(market, listing) == (1000, 2000, 0)
    assert market.refused(BUYER, "place_order", listing_id=listing, recipient=RECIPIENT) == "request.invalid"
    two = {"quantity": 2, "quantity_milli": 500}
    assert (
        market.refused(BUYER, "place_order", listing_id=listing, recipient=RECIPIENT, **two)
        == "request.invalid"
    )


def test_parts_are_refused_where_the_seller_sells_whole_units_only(market):
    listing = market.on_sale()
    half = {"listing_id": listing, "recipient": RECIPIENT, "quantity_milli": 500}
    assert market.refused(BUYER, "place_order", **half) == "listing.not_in_steps"
    assert market.counts(listing) == (5, 0, 0)
    assert market.refused(SELLER, "offer_produce", **WHOLE, stock_milli=500) == "listing.stock_below_step"


def test_many_buyers_at_once_never_get_more_than_there_is(market):
    listing = eggs(market, 3500)

    def buy(number: int) -> int:
        try:
            return order(market, listing, (BUYER, OTHER)[number % 2], quantity_milli=500)["quantity_milli"]
        except DomainError as refusal:
            assert refusal.code == "order.sold_out"
            return 0

    with ThreadPoolExecutor(8) as several:
        taken = list(several.map(buy, range(12)))
    assert sum(taken) == 3500 and taken.count(0) == 5
    assert counts(market, listing) == (0, 3500, 0) and shown(market, listing)["sold_out"]


@pytest.fixture
def of_the_version_before(market):
    """A listing as 0.1.0 stored it, with an order of two boxes that it placed."""
    listing = market.on_sale()
    placed = market.order(listing, quantity=2)
    listings, orders = market.service.listings.documents, market.service.orders.documents
    gone = {"thousandths": "", "step_milli": "", "sold_out": "", "holds.$[].quantity_milli": ""}
    listings.update_one({"_id": listing}, {"$unset": gone})
    orders.update_one({"_id": placed["id"]}, {"$unset": {"quantity_milli": ""}})
    return listing, placed


def test_what_the_version_before_stored_means_what_it_meant(market, of_the_version_before, receiver):
    listing, placed = of_the_version_before
    assert counts(market, listing) == (3000, 2000, 0)
    assert market.ask(BUYER, "find_order", order_id=placed["id"])["quantity_milli"] == 2000
    market.pay(placed)
    market.deliver()
    receiver.wait_for(1)
    market.deliver()
    assert counts(market, listing) == (3000, 0, 2000) and market.counts(listing) == (3, 0, 2)


def test_an_event_of_the_version_before_gives_back_what_it_says(market, of_the_version_before):
    listing, placed = of_the_version_before
    market.ask(BUYER, "cancel_order", order_id=placed["id"])
    without = {"outbox.$[].data.quantity_milli": ""}
    market.service.orders.documents.update_one({"_id": placed["id"]}, {"$unset": without})
    market.deliver()
    assert counts(market, listing) == (5000, 0, 0)


def test_what_the_version_before_takes_beside_this_one_is_taken_once(market):
    listing = eggs(market, 2500)
    as_before = {"stock": {"$subtract": ["$stock", 1]}, "reserved": {"$add": ["$reserved", 1]}}
    market.service.listings.documents.update_one(
        {"_id": listing, "stock": {"$gte": 1}}, [{"$set": as_before}]
    )
    assert counts(market, listing) == (1500, 1000, 0)
    order(market, listing, quantity_milli=1500)
    assert counts(market, listing) == (0, 2500, 0)
