"""Whoever is being erased trades nothing; goods, amounts and times of orders stay, and nothing else."""

import pytest
from bson import json_util

from services.chassis.core.calls import event_call, utc_now
from services.chassis.core.errors import DomainError
from services.chassis.events.event import Envelope
from tests.integration.market.conftest import BUYER, KIWI, RECIPIENT, SELLER, VILLAGE


def hear(market, name: str, person, erasure="e1") -> None:
    data = {"resident_id": person.id, "erasure_id": erasure}
    event = Envelope(f"{name}:{erasure}", f"xiangzhi.{name}.v1", "/x", person.id, utc_now(), VILLAGE, 1, data)
    for method in (
        "on_identity_erasure_begun",
        "on_identity_erasure_hindered",
        "on_identity_resident_erased",
    ):
        if name in getattr(market.service, method).hears.names:
            getattr(market.service, method)(event, event_call(event.id, data, event.time))


def answered(market, person) -> str:
    return market.service.account_closures.of(person.id).state


def raw(market) -> str:
    database = market.service.orders.documents.database
    found = [list(database[name].find()) for name in ("orders", "listings", "departures", "payments")]
    return json_util.dumps(found, ensure_ascii=False)


@pytest.mark.parametrize("person", [BUYER, SELLER], ids=["buyer", "seller"])
def test_an_unfinished_order_is_named_and_keeps_both_its_parties_here(market, person):
    order = market.order(market.on_sale())
    shown = market.ask(person, "list_orders_in_the_way")
    assert (shown["count"], shown["items"][0]["id"], shown["items"][0]["state"]) == (1, order["id"], "placed")
    for _ in range(2):
        hear(market, "identity.erasure.begun", person)
    assert answered(market, person) == "hindered"
    market.ask(BUYER, "cancel_order", order_id=order["id"])
    hear(market, "identity.erasure.begun", person, "e2")
    assert answered(market, person) == "cleared"


@pytest.mark.parametrize("person", [BUYER, SELLER], ids=["buyer", "seller"])
def test_nobody_trades_with_whoever_is_leaving_until_the_person_stays(market, person):
    listing = market.on_sale()
    hear(market, "identity.erasure.begun", person)
    wanted = {"listing_id": listing, "quantity": 1, "recipient": RECIPIENT}
    assert market.refused(BUYER, "place_order", **wanted) == "departure.no_trade"
    if person is SELLER:
        assert market.refused(SELLER, "offer_produce", **KIWI) == "departure.no_trade"
    hear(market, "identity.erasure.hindered", person)
    assert market.order(listing)["state"] == "placed"


@pytest.mark.parametrize("person", [BUYER, SELLER], ids=["buyer", "seller"])
def test_an_order_that_was_written_while_it_was_looked_reserves_nothing(market, person):
    listing, add = market.on_sale(), market.service.orders.add

    def leaves_before_it_is_written(order, events, call):
        hear(market, "identity.erasure.begun", person)  # it does not see the order yet
        add(order, events, call)

    market.service.orders.add = leaves_before_it_is_written
    for code in ("departure.no_trade", "order.abandoned"):  # the repeat is no success either
        with pytest.raises(DomainError) as refusal:
            market.order(listing, key="one-key-for-one-order")
        assert refusal.value.code == code
    assert answered(market, person) == "cleared"
    (order,) = market.service.orders.documents.find()
    assert (order["state"], order["recipient"]) == ("abandoned", None)
    assert market.service.listings.get(listing).stock == KIWI["stock"]


def test_an_offer_that_was_written_while_it_was_looked_is_taken_back_and_its_key_is_refused_again(market):
    add = market.service.listings.add

    def leaves_before_it_is_written(listing, events, call):
        hear(market, "identity.erasure.begun", SELLER)
        add(listing, events, call)

    market.service.listings.add = leaves_before_it_is_written
    for _ in range(2):
        with pytest.raises(DomainError, match=r"departure\.no_trade"):
            market.ask(SELLER, "offer_produce", "one-key-for-one-offer", **KIWI)
    (kept,) = market.service.listings.documents.find()
    assert (kept["state"], kept["description"], kept["requests"]) == ("withdrawn", "", [])


def test_of_an_erased_buyer_the_order_stays_without_whom_and_where(market):
    order = market.order(market.on_sale())
    market.service.orders.documents.update_one({"_id": order["id"]}, {"$set": {"state": "received"}})
    for _ in range(2):
        hear(market, "identity.resident.erased", BUYER)
    found = market.service.orders.get(order["id"])
    assert (found.title, found.amount_fen, found.state) == (KIWI["title"], KIWI["price_fen"], "received")
    for trace in RECIPIENT.values():
        assert trace not in raw(market)


def test_what_an_erased_seller_wrote_is_gone_and_off_sale(market):
    listing = market.on_sale()
    hear(market, "identity.resident.erased", SELLER)
    assert KIWI["description"] not in raw(market)
    assert market.service.listings.get(listing).state == "withdrawn"
    with pytest.raises(DomainError):
        market.order(listing)
