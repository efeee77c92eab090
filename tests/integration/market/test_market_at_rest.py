"""The market keeps no address that can be read in its database."""

from services.chassis.core.calls import Call
from tests.at_rest import plain_in, seal_nothing
from tests.integration.market.conftest import BUYER, RECIPIENT, SELLER

WORDS = [*RECIPIENT.values(), "SF1234567890"]


def shipped(market) -> dict:
    order = market.order(market.on_sale())
    paid = market.service.orders.get(order["id"])
    market.service.orders.save(paid, paid.pay("p1", paid.created_at), Call({}))
    market.ask(SELLER, "ship_order", order_id=order["id"], carrier="顺丰", tracking="SF1234567890")
    return market.ask(BUYER, "find_order", order_id=order["id"])


def test_of_an_order_neither_recipient_nor_parcel_stands_plain_in_the_database(market, database):
    order = shipped(market)
    assert plain_in(database, [*WORDS, order["id"]]) == {order["id"]}
    assert order["recipient"] == RECIPIENT and order["tracking"] == "SF1234567890"


def test_without_sealing_the_same_search_finds_them(market, database, monkeypatch):
    seal_nothing(monkeypatch, market.service.orders)
    shipped(market)
    assert plain_in(database, WORDS) == set(WORDS)
