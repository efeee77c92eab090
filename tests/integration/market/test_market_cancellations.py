"""Orders that end after they were paid and before they are shipped, by either side, and what is faster."""

import threading
from datetime import timedelta

import pytest

from services.chassis.core.errors import DomainError
from services.chassis.events.event import Envelope
from tests.integration.market.conftest import BUYER, OTHER, SELLER
from tests.integration.market.test_market_helpers import helper


def test_a_buyer_cancels_a_paid_order_gets_the_money_back_and_the_boxes_are_on_sale_again(
    market, order, receiver
):
    market.pay(order)
    receiver.wait_for(2)
    market.deliver()
    assert market.counts(order["listing_id"]) == (0, 0, 1)
    assert market.refused(OTHER, "cancel_order", order_id=order["id"]) == "order.not_found"
    ended = market.ask(BUYER, "cancel_order", order_id=order["id"])
    assert (ended["state"], ended["ended_by"], ended["recipient"]) == ("refunding", "buyer", None)
    told = market.deliver(copies=3)
    assert {"order.called_off", "order.refund_due", "payment.refund_requested"} <= set(told)
    assert market.counts(order["listing_id"]) == (1, 0, 0)
    assert market.sweep_payments() == 1
    market.deliver(copies=2)
    assert (market.payment_of(order), market.state(order["id"])) == ("refunded", "refunded")
    assert market.order(order["listing_id"], actor=OTHER)["state"] == "placed"


def test_the_same_key_cancels_once(market):
    order = market.paid()
    first = market.ask(BUYER, "cancel_order", "one-key-for-cancelling", order_id=order["id"])
    assert market.ask(BUYER, "cancel_order", "one-key-for-cancelling", order_id=order["id"]) == first
    assert market.refused(BUYER, "cancel_order", order_id=order["id"]) == "order.not_cancellable"
    assert market.deliver().count("order.called_off") == 1


def test_boxes_that_were_called_off_before_they_counted_as_sold_are_released(market):
    order = market.order(market.on_sale(stock=3), quantity=2)
    kept = market.service.orders.get(order["id"])
    market.service.orders.save(kept, kept.pay("p1", kept.created_at), market.at_now())
    market.ask(BUYER, "cancel_order", order_id=order["id"])
    for name in ("order.called_off", "order.paid"):  # the wrong way round, as after a dead letter
        found = market.service.orders.documents.find_one({"_id": order["id"]})
        [event] = [one for one in found["outbox"] if f"market.{name}.v1" in one["type"]]
        hear(market, event)
    assert market.counts(order["listing_id"]) == (3, 0, 0)


def hear(market, event: dict) -> None:
    market._hear(Envelope.from_document(event))


def test_a_seller_who_cannot_deliver_says_why_and_the_boxes_stay_off_sale(market):
    order = market.paid()
    listing = market.counts(order["listing_id"])
    ended = market.ask(SELLER, "cancel_sale", order_id=order["id"], reason="果子被冰雹打坏了")
    assert (ended["ended_by"], ended["reason"]) == ("seller", "果子被冰雹打坏了")
    market.deliver()
    assert market.counts(order["listing_id"]) == listing
    shown = market.ask(BUYER, "find_order", order_id=order["id"])
    assert (shown["reason"], shown["ended_by"]) == ("果子被冰雹打坏了", "seller")


def test_what_is_shipped_is_cancelled_by_nobody(market):
    order = market.shipped()
    assert market.refused(BUYER, "cancel_order", order_id=order["id"]) == "order.not_cancellable"
    assert market.refused(SELLER, "cancel_sale", order_id=order["id"], reason="反悔") == "order.not_given_up"


@pytest.mark.parametrize("ending", ["cancel_order", "cancel_sale"])
def test_of_shipping_and_cancelling_at_once_one_is_done_and_the_other_told(market, ending):
    shipping = (SELLER, "ship_order", {"way": "own_delivery"})
    cancelling = (BUYER, ending, {}) if ending == "cancel_order" else (SELLER, ending, {"reason": "坏果"})
    for _ in range(4):
        order = market.paid()
        outcomes = at_once(market, order, shipping, cancelling)
        state = market.state(order["id"])
        done = {"shipped": "ship_order", "refunding": ending}[state]
        lost = {"ship_order": ending, ending: "ship_order"}[done]
        assert outcomes[done] == "done"
        assert outcomes[lost] in ("order.not_shippable", "order.not_cancellable", "order.not_given_up")
        names = market.deliver()
        assert names.count("order.refund_due") == (1 if state == "refunding" else 0)


def test_buyer_and_seller_who_end_it_at_once_bring_one_refund(market):
    for _ in range(4):
        order = market.paid()
        outcomes = at_once(
            market, order, (BUYER, "cancel_order", {}), (SELLER, "cancel_sale", {"reason": "坏果"})
        )
        assert sorted(outcomes.values())[0] == "done" and "order." in sorted(outcomes.values())[1]
        assert market.deliver(copies=2).count("order.refund_due") == 1
        assert market.payment_of(order) == "refund_requested"


def test_a_payment_told_late_and_twice_to_a_cancelled_order_goes_back_once(
    market, order, receiver, simulator
):
    simulator.behave(delay_ms=200, copies=3)
    market.pay(order)
    market.ask(BUYER, "cancel_order", order_id=order["id"])
    receiver.wait_for(3)
    names = market.deliver(copies=2)
    assert names.count("order.refund_due") == 1
    assert [market.sweep_payments(), market.sweep_payments()] == [1, 0]
    market.deliver(copies=2)
    assert (market.payment_of(order), market.state(order["id"])) == ("refunded", "cancelled")
    assert market.counts(order["listing_id"]) == (1, 0, 0)


def test_a_helper_cancels_what_the_ward_has_paid_and_it_says_so(market):
    order = market.paid()
    assert market.ask(helper(), "cancel_order", order_id=order["id"])["state"] == "refunding"
    market.deliver()
    [told] = [one for one in market.heard if one.name == "market.order.called_off"]
    assert told.data["acted_by"] == OTHER.id


def test_a_cancelled_order_keeps_nobody_waiting_longer_than_the_refund(market):
    order = market.paid()
    market.ask(BUYER, "cancel_order", order_id=order["id"])
    market.deliver()
    assert market.sweep_orders(timedelta(days=100)) == 0
    assert market.state(order["id"]) == "refunding"


def at_once(market, order: dict, *asked) -> dict[str, str]:
    """Let several act on one order at the same moment; gives what each heard by its operation."""
    gate, outcomes = threading.Barrier(len(asked)), {}

    def act(actor, door: str, more: dict) -> None:
        gate.wait(timeout=10)
        try:
            market.ask(actor, door, order_id=order["id"], **more)
            outcomes[door] = "done"
        except DomainError as refusal:
            outcomes[door] = refusal.code

    threads = [threading.Thread(target=act, args=one) for one in asked]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return outcomes
