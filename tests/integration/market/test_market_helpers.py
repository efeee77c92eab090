"""A helper buys for a ward: what he does says so, what the clock or others do afterwards does not."""

from datetime import timedelta

import pytest

from services.chassis.core.calls import utc_now
from services.civic.actor import CivicActor, MandateClaim
from tests.integration.market.conftest import BUYER, OTHER, SELLER


def helper(
    person: CivicActor = OTHER, ward: CivicActor = BUYER, holds: timedelta = timedelta(seconds=10)
) -> CivicActor:
    return CivicActor(
        person.id, "resident", assurance=1, on_behalf_of=MandateClaim("mandate-1", ward.id, utc_now() + holds)
    )


def who_acted(market) -> dict:
    return {event.name.removeprefix("market."): event.data.get("acted_by") for event in market.heard}


def test_an_order_by_a_helper_belongs_to_the_ward_and_only_his_own_steps_carry_the_mandate(market):
    order = market.order(market.on_sale(), actor=helper())
    assert (order["buyer_id"], order["acted_by"]) == (BUYER.id, OTHER.id)
    assert market.ask(BUYER, "find_order", order_id=order["id"])["id"] == order["id"]
    assert market.refused(OTHER, "find_order", order_id=order["id"]) == "order.not_found"
    market.deliver()
    market.sweep_orders(later=timedelta(minutes=31))
    market.deliver()
    acted = who_acted(market)
    assert acted["order.requested"] == acted["order.placed"] == OTHER.id
    assert acted["order.expired"] is acted["listing.offered"] is None
    named = {event.data.get("mandate_id") for event in market.heard if event.data.get("acted_by")}
    assert named == {"mandate-1"}


def test_a_ward_cancels_what_the_helper_has_ordered(market):
    order = market.order(market.on_sale(), actor=helper())
    assert market.ask(BUYER, "cancel_order", order_id=order["id"])["state"] == "cancelled"
    market.deliver()
    assert who_acted(market)["order.cancelled"] is None


def test_a_helper_sells_the_ward_nothing_and_the_ward_herself_may_buy_from_him(market):
    listing = market.on_sale()
    asked = {"listing_id": listing, "quantity": 1, "recipient": market_recipient()}
    assert market.refused(helper(SELLER), "place_order", **asked) == "order.helper_sells"
    assert market.refused(helper(OTHER, SELLER), "place_order", **asked) == "order.own_listing"
    assert market.order(listing)["state"] == "placed"


def market_recipient() -> dict:
    return {"name": "李四", "phone": "13800000013", "address": "成都市锦江区某路 1 号"}


@pytest.mark.parametrize("door", ["cancel_sale", "ship_order", "offer_produce", "withdraw_listing"])
def test_a_helper_sells_nothing_for_the_ward(market, door):
    assert market.refused(helper(), door) == "mandate.not_for_this"


def test_a_helper_does_not_see_what_the_ward_has_sold(market):
    order = market.order(market.on_sale())
    for_seller = helper(OTHER, SELLER)
    assert market.refused(for_seller, "find_order", order_id=order["id"]) == "order.not_found"
    assert market.refused(for_seller, "list_orders", side="seller") == "order.only_buying_side"
    assert market.ask(SELLER, "list_orders", side="seller")["items"]


def test_an_order_that_waited_longer_than_the_check_holds_is_not_placed(market):
    listing = market.on_sale()
    late = helper(holds=timedelta(seconds=-1))
    asked = {"listing_id": listing, "quantity": 1, "recipient": market_recipient()}
    assert market.refused(late, "place_order", **asked) == "mandate.check_over"
    assert market.service.orders.documents.count_documents({}) == 0
