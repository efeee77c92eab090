"""How an order is shipped, what is corrected about it, and what a seller's list and a late buyer are shown."""

import pytest

from services.chassis.core.errors import DomainError
from tests.integration.market.conftest import BUYER, OTHER, RECIPIENT, SELLER


@pytest.mark.parametrize("way", ["own_delivery", "pick_up"])
def test_what_goes_from_hand_to_hand_needs_no_number(market, way):
    order = market.paid()
    path = {"order_id": order["id"]}
    assert market.refused(SELLER, "ship_order", **path, way=way, tracking="SF12345") == "request.invalid"
    shipped = market.ask(SELLER, "ship_order", **path, way=way)
    assert (shipped["way"], shipped["carrier"], shipped["tracking"]) == (way, None, None)
    assert market.ask(BUYER, "receive_order", **path)["state"] == "received"


def test_a_parcel_as_before_needs_its_carrier_and_its_number(market):
    order = market.paid()
    assert market.refused(SELLER, "ship_order", order_id=order["id"], carrier="顺丰速运") == "request.invalid"
    sent = {"order_id": order["id"], "carrier": "顺丰速运", "tracking": "SF1234567890"}
    assert market.ask(SELLER, "ship_order", **sent)["way"] == "carrier"


def test_a_seller_corrects_the_parcel_until_it_is_received_and_the_buyer_is_told(market):
    order = market.paid()
    sent = {"order_id": order["id"], "carrier": "顺丰速运", "tracking": "SF1234567890"}
    assert market.refused(SELLER, "correct_shipment", **sent) == "order.shipment_fixed"
    market.ask(SELLER, "ship_order", **sent)
    right = {**sent, "carrier": "中国邮政", "tracking": "EMS0987654321"}
    for stranger in (BUYER, OTHER):
        assert market.refused(stranger, "correct_shipment", **right) == "order.not_found"
    market.ask(SELLER, "correct_shipment", **right)
    assert market.ask(BUYER, "find_order", order_id=order["id"])["tracking"] == "EMS0987654321"
    market.ask(SELLER, "correct_shipment", **right)
    assert market.deliver().count("order.shipment_corrected") == 1, "the same once more is no correction"
    assert "EMS0987654321" not in str([one.data for one in market.heard])
    market.ask(BUYER, "receive_order", order_id=order["id"])
    assert market.refused(SELLER, "correct_shipment", **sent) == "order.shipment_fixed"


def test_a_landline_is_a_phone_too(market):
    landline = {**RECIPIENT, "phone": "028-88790000"}
    assert market.order(market.on_sale(), recipient=landline)["recipient"] == landline
    wanted = {"listing_id": market.on_sale(), "quantity": 1, "recipient": {**RECIPIENT, "phone": "8879"}}
    assert market.refused(BUYER, "place_order", **wanted) == "request.invalid"


def test_who_finds_too_little_left_is_told_how_much_there_is(market):
    listing = market.on_sale(stock=5)
    market.order(listing, quantity=3)
    key = "one-key-for-too-many"
    for _ in range(2):
        with pytest.raises(DomainError) as refusal:
            market.order(listing, actor=OTHER, quantity=3, key=key)
        assert (refusal.value.code, refusal.value.detail) == ("order.sold_out", {"remaining": 2})
    assert market.order(listing, actor=OTHER, quantity=2)["state"] == "placed"


def test_of_what_came_to_nothing_the_seller_hears_only_on_asking(market, plans):
    listing = market.on_sale(stock=1)
    placed = market.order(listing)["id"]
    wanted = {"listing_id": listing, "quantity": 1, "recipient": RECIPIENT}
    assert market.refused(OTHER, "place_order", **wanted) == "order.sold_out"
    with plans("orders") as seen:
        shown = market.ask(SELLER, "list_orders", side="seller")["items"]
    assert [one["id"] for one in shown] == [placed] and seen[0]["examined"] == 1
    [gone] = market.ask(SELLER, "list_orders", side="seller", state="sold_out")["items"]
    assert gone["state"] == "sold_out"
    assert [one["id"] for one in market.ask(OTHER, "list_orders")["items"]] == [gone["id"]]
