"""A person's copy of what the market holds: one's own in full, the other party masked."""

from services.market.service import Service
from tests.integration.market.conftest import BUYER, KIWI, RECIPIENT, SELLER


def rows(market, person) -> dict:
    database = market.service.orders.documents.database
    return {one["title"]: one["rows"] for one in Service.held_of_a_person.make(database).copy_of([person.id])}


def test_the_buyer_sees_the_own_address_and_the_seller_only_the_form_of_the_name(market):
    order = market.order(market.on_sale())
    bought = rows(market, BUYER)
    assert bought["买入的订单"][0]["recipient"] == RECIPIENT and "卖出的订单" not in bought
    sold = rows(market, SELLER)
    assert sold["卖出的订单"][0]["id"] == order["id"]
    assert sold["卖出的订单"][0]["recipient"] == {"name": "李*", "phone": "138****0013"}
    assert sold["出售的农产品"][0]["description"] == KIWI["description"]
    assert RECIPIENT["address"] not in str(sold)
