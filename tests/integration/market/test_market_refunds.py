"""Money that goes back: for orders that were over when it came, and for orders that the seller gave up."""

import threading
from datetime import timedelta

import pytest

from services.chassis.core.errors import DomainError
from tests.integration.market.conftest import BUYER, SELLER


@pytest.mark.parametrize("ending", ["cancelled", "expired"])
def test_money_for_an_order_that_is_over_goes_back(market, order, receiver, simulator, ending):
    simulator.behave(delay_ms=300)
    market.pay(order)
    if ending == "cancelled":
        market.ask(BUYER, "cancel_order", order_id=order["id"])
    else:
        market.sweep_orders(timedelta(minutes=30))
    receiver.wait_for(2)
    market.deliver(copies=2)
    assert market.payment_of(order) == "refund_requested"
    assert market.sweep_payments() == 1
    market.deliver(copies=2)
    assert (market.payment_of(order), market.state(order["id"])) == ("refunded", ending)
    assert market.counts(order["listing_id"]) == (1, 0, 0)


def test_cancelling_and_paying_at_once_end_in_one_truth(market, receiver, simulator):
    simulator.behave(delay_ms=0, copies=1)
    for number in range(6):
        one = market.order(market.on_sale(stock=1))
        gate = threading.Barrier(2)
        market.pay(one)

        def cancel(one=one, gate=gate):
            gate.wait(timeout=10)
            try:
                market.ask(BUYER, "cancel_order", order_id=one["id"])
            except DomainError as refusal:
                # paid before it was read, or between the reading and the writing
                assert refusal.code in ("order.not_cancellable", "order.changed_meanwhile")

        thread = threading.Thread(target=cancel)
        thread.start()
        gate.wait(timeout=10)
        receiver.wait_for(number + 1)
        market.deliver()
        thread.join(timeout=10)
        market.deliver()
        market.sweep_payments()
        market.deliver()
        wanted = {"paid": ("succeeded", (0, 0, 1)), "cancelled": ("refunded", (1, 0, 0))}
        truth = (market.payment_of(one), market.counts(one["listing_id"]))
        assert truth == wanted[market.state(one["id"])]


def test_an_order_that_the_seller_gives_up_is_refunded(market, order, receiver):
    market.pay(order)
    receiver.wait_for(2)
    assert market.refused(SELLER, "cancel_sale", order_id=order["id"], reason="坏果") == "order.not_given_up"
    market.deliver()
    given_up = market.ask(SELLER, "cancel_sale", order_id=order["id"], reason="坏果")
    assert (given_up["state"], given_up["recipient"]) == ("refunding", None)
    market.deliver()
    assert market.sweep_payments() == 1
    market.deliver()
    assert (market.payment_of(order), market.state(order["id"])) == ("refunded", "refunded")


def test_sweeps_at_the_same_moment_refund_once(market, order, receiver, monkeypatch):
    market.pay(order)
    receiver.wait_for(2)
    market.deliver()
    market.ask(SELLER, "cancel_sale", order_id=order["id"], reason="坏果")
    market.deliver()
    provider, gate = market.service.provider, threading.Barrier(3)
    refund = provider.refund
    monkeypatch.setattr(provider, "refund", lambda *asked: gate.wait(timeout=10) + 1 and refund(*asked))
    swept: list[int] = []
    threads = [threading.Thread(target=lambda: swept.append(market.sweep_payments())) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert sorted(swept) == [0, 0, 1]
    assert market.deliver().count("payment.refunded") == 1
