"""Whoever's entry was merged into another goes on with what was bought and sold under the old one; nobody else does."""

from dataclasses import replace
from datetime import timedelta

import pytest

from services.civic.actor import CivicActor
from tests.integration.market.conftest import BUYER, OTHER, RECIPIENT, SELLER, VILLAGE
from tests.integration.market.test_market_claims import CLERK, REASON, order, sent  # noqa: F401  fixtures

NEW_BUYER = CivicActor("new-buyer", "resident", assurance=1, merged=(BUYER.id,))
NEW_SELLER = CivicActor("new-seller", "resident", assurance=1, merged=(SELLER.id,))
STRANGER = replace(OTHER, merged=("somebody-else",))


@pytest.fixture(autouse=True)
def known(market):
    for person in (NEW_BUYER, NEW_SELLER):
        market.service.people.learn(person.id, 2, {"region": VILLAGE, "certified": True})


def test_an_order_is_paid_shipped_corrected_and_received_under_the_new_entries(market, receiver):
    placed = market.order(market.on_sale())["id"]
    for door in ("pay_order", "cancel_order"):
        assert market.refused(STRANGER, door, order_id=placed) == "order.not_found"
    market.ask(NEW_BUYER, "pay_order", order_id=placed)
    receiver.wait_for(2)
    market.deliver()
    assert market.ask(NEW_BUYER, "find_payment", order_id=placed)["state"] == "succeeded"
    assert market.refused(STRANGER, "find_payment", order_id=placed) == "payment.none_yet"
    assert market.refused(STRANGER, "ship_order", order_id=placed, way="pick_up") == "order.not_found"
    market.ask(NEW_SELLER, "ship_order", order_id=placed, way="pick_up")
    market.ask(NEW_SELLER, "correct_shipment", order_id=placed, way="own_delivery")
    assert market.ask(NEW_SELLER, "find_order", order_id=placed)["recipient"] == RECIPIENT
    assert market.ask(NEW_BUYER, "receive_order", order_id=placed)["state"] == "received"


def test_an_order_is_cancelled_and_a_sale_given_up_under_the_new_entries(market):
    placed = market.order(market.on_sale())["id"]
    assert market.ask(NEW_BUYER, "cancel_order", order_id=placed)["ended_by"] == "buyer"
    paid = market.paid()["id"]
    assert market.ask(NEW_SELLER, "cancel_sale", order_id=paid, reason="坏果")["ended_by"] == "seller"


def test_a_claim_goes_its_way_under_the_new_entries(market, order):  # noqa: F811
    asked = {"order_id": order["id"], "amount_fen": 1000, "reason": REASON, "goods_back": True}
    assert market.refused(STRANGER, "ask_claim", **asked) == "order.not_found"
    claim = market.ask(NEW_BUYER, "ask_claim", **asked)["id"]
    assert market.refused(STRANGER, "agree_to_claim", claim_id=claim) == "claim.not_found"
    market.ask(NEW_SELLER, "refuse_claim", claim_id=claim, reason="交货时是好的")
    market.ask(NEW_BUYER, "dispute_claim", claim_id=claim, statement="有开箱视频")
    market.ask(NEW_SELLER, "agree_to_claim", claim_id=claim)
    market.ask(NEW_BUYER, "send_goods_back", claim_id=claim, way="own_delivery")
    market.ask(NEW_SELLER, "dispute_claim", claim_id=claim, statement="不是原物")
    market.ask(CLERK, "decide_claim", claim_id=claim, amount_fen=0, ruling="不是原物")
    again = market.ask(NEW_BUYER, "ask_claim", **asked)["id"]
    market.ask(NEW_SELLER, "agree_to_claim", claim_id=again)
    assert market.ask(NEW_BUYER, "withdraw_claim", claim_id=again)["state"] == "withdrawn"


def test_goods_that_came_back_are_confirmed_under_the_new_entry(market, order):  # noqa: F811
    asked = {"order_id": order["id"], "amount_fen": 1000, "reason": REASON, "goods_back": True}
    claim = market.ask(BUYER, "ask_claim", **asked)["id"]
    market.ask(SELLER, "agree_to_claim", claim_id=claim)
    market.ask(BUYER, "send_goods_back", claim_id=claim, way="own_delivery")
    assert market.ask(NEW_SELLER, "confirm_goods_back", claim_id=claim)["state"] == "refunding"


def test_old_listings_are_changed_and_taken_off_sale_under_the_new_entry(market):
    listing = market.on_sale()
    assert market.refused(STRANGER, "change_listing", listing_id=listing, stock=1) == "listing.not_found"
    assert market.ask(NEW_SELLER, "change_listing", listing_id=listing, stock=1)["stock"] == 1
    assert market.ask(NEW_SELLER, "withdraw_listing", listing_id=listing)["state"] == "withdrawn"


def test_nobody_buys_the_listing_of_the_own_old_entry(market):
    wanted = {"listing_id": market.on_sale(), "quantity": 1, "recipient": RECIPIENT}
    assert market.refused(NEW_SELLER, "place_order", **wanted) == "order.own_listing"


def test_unpaid_orders_of_the_old_entry_count(market):
    market.service.order_terms = replace(market.service.order_terms, most_unpaid=1)
    listing = market.on_sale()
    market.order(listing)
    wanted = {"listing_id": listing, "quantity": 1, "recipient": RECIPIENT}
    assert market.refused(NEW_BUYER, "place_order", **wanted) == "order.too_many_unpaid"
    market.sweep_orders(timedelta(minutes=31))
    assert market.order(listing, actor=NEW_BUYER)["buyer_id"] == NEW_BUYER.id
