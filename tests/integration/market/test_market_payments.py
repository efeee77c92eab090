"""Payments through a real provider: a process that calls back twice, late, wrongly or never."""

import threading
from datetime import timedelta

import requests

from services.civic.actor import CivicActor
from services.market.paying.payments.provider import PaymentProvider
from tests.integration.market.conftest import BUYER, OTHER, RECIPIENT, SELLER
from tests.integration.market.simulator import SECRET, Simulator, until

MINUTE = timedelta(minutes=1)


def test_an_order_is_paid_shipped_and_received(market, order, receiver):
    opened = market.pay(order)
    assert (opened["state"], opened["amount_fen"]) == ("opened", order["amount_fen"])
    assert opened["pay_url"].startswith("http://127.0.0.1:")
    assert receiver.wait_for(2) == ["succeeded", "succeeded"]
    market.deliver(copies=2)
    assert market.state(order["id"]) == "paid"
    assert market.counts(order["listing_id"]) == (0, 0, 1)
    assert market.ask(SELLER, "find_order", order_id=order["id"])["recipient"] == RECIPIENT
    market.ask(SELLER, "ship_order", order_id=order["id"], carrier="顺丰速运", tracking="SF1234567890")
    assert market.refused(SELLER, "receive_order", order_id=order["id"]) == "order.not_found"
    assert market.ask(BUYER, "receive_order", order_id=order["id"])["state"] == "received"
    market.deliver()
    names = [event.name for event in market.heard]
    assert names.count("market.payment.succeeded") == names.count("market.order.paid") == 1
    assert not [one for one in RECIPIENT.values() if one in str([event.data for event in market.heard])]


def test_only_the_buyer_pays_and_sees_the_payment(market, order):
    for actor in (OTHER, SELLER):
        assert market.refused(actor, "pay_order", order_id=order["id"]) == "order.not_found"
    assert market.refused(BUYER, "find_payment", order_id=order["id"]) == "payment.none_yet"
    market.pay(order)
    assert market.refused(SELLER, "find_payment", order_id=order["id"]) == "payment.none_yet"
    assert (
        market.refused(CivicActor("v1", "official"), "pay_order", order_id=order["id"]) == "access.forbidden"
    )


def test_paying_twice_opens_one_payment(market, order, simulator):
    simulator.behave(delay_ms=60_000)
    first = market.pay(order)
    assert market.pay(order) == first
    assert market.service.payments.documents.count_documents({}) == 1


def test_paying_in_several_windows_at_once_opens_one_payment(market, order, simulator, monkeypatch):
    simulator.behave(delay_ms=60_000)
    store, gate, waited = market.service.payments, threading.Barrier(8), threading.local()
    find_live = store.find_live

    def all_look_before_any_writes(order_id):
        found = find_live(order_id)
        if not hasattr(waited, "once"):
            waited.once = gate.wait(timeout=10)
        return found

    monkeypatch.setattr(store, "find_live", all_look_before_any_writes)
    opened: list[str] = []
    threads = [threading.Thread(target=lambda: opened.append(market.pay(order)["id"])) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert len(opened) == 8 and len(set(opened)) == 1


def test_a_cancelled_order_takes_no_new_payment(market, order, receiver):
    market.ask(BUYER, "cancel_order", order_id=order["id"])
    assert market.refused(BUYER, "pay_order", order_id=order["id"]) == "order.not_payable"
    assert market.service.payments.documents.count_documents({}) == 0


def test_a_late_pending_after_the_result_changes_nothing(market, order, receiver, simulator):
    simulator.behave(out_of_order=True)
    market.pay(order)
    assert receiver.wait_for(3) == ["succeeded"] * 3


def test_a_forged_callback_is_refused_and_changes_nothing(market, order, receiver, simulator):
    simulator.behave(wrong_signature=True)
    market.pay(order)
    assert set(receiver.wait_for(2)) == {"payment.callback_forged"}
    market.deliver()
    assert (market.payment_of(order), market.state(order["id"])) == ("opened", "placed")


def test_a_callback_with_another_amount_is_refused_and_the_truth_is_asked_for(
    market, order, receiver, simulator
):
    simulator.behave(wrong_amount=True)
    market.pay(order)
    assert set(receiver.wait_for(2)) == {"payment.amount_differs"}
    assert market.payment_of(order) == "opened"
    assert market.sweep_payments(MINUTE) == 1
    assert market.payment_of(order) == "succeeded"


def test_a_callback_sent_again_after_five_minutes_is_refused(market, order, receiver, monkeypatch):
    market.pay(order)
    receiver.wait_for(2)
    old = receiver.sent[0]
    monkeypatch.setattr("services.chassis.http.signing.FRESH_SECONDS", -1)
    assert receiver.take(**old) == 403
    assert receiver.outcomes[-1] == "payment.callback_stale"


def test_a_callback_for_a_payment_that_nobody_asked_for_is_not_found(market, order, receiver):
    market.pay(order)
    receiver.wait_for(2)
    market.service.payments.documents.delete_many({})
    receiver.take(**receiver.sent[0])
    assert receiver.outcomes[-1] == "payment.not_found"


def test_the_provider_calls_again_until_it_is_heard(market, order, receiver, simulator):
    receiver.refuse_first = 1
    simulator.behave(copies=1)
    market.pay(order)
    assert receiver.wait_for(1) == ["succeeded"]


def test_a_callback_that_never_comes_is_asked_for(market, order, receiver, simulator):
    simulator.behave(never=True)
    market.pay(order)
    until(lambda: market.service.provider.ask(market.pay(order)["id"])["state"] == "succeeded")
    assert market.sweep_payments() == 0
    assert market.sweep_payments(MINUTE) == 1
    market.deliver()
    assert (market.state(order["id"]), receiver.outcomes) == ("paid", [])


def test_a_payment_still_open_is_asked_for_less_and_less_and_given_up_after_a_day(market, order, simulator):
    simulator.behave(delay_ms=60_000)
    payment = market.pay(order)["id"]
    assert market.sweep_payments(MINUTE) == 0
    kept = market.service.payments.get(payment)
    assert kept.asks == 1 and kept.due - kept.opened_at >= 2 * MINUTE - timedelta(seconds=1)
    assert market.sweep_payments(timedelta(hours=25)) == 1
    assert market.payment_of(order) == "failed"


def test_a_failed_payment_can_be_tried_again(market, order, receiver, simulator):
    simulator.behave(fail=True)
    first = market.pay(order)
    assert receiver.wait_for(2) == ["failed", "failed"]
    simulator.behave()
    second = market.pay(order)
    assert second["id"] != first["id"]
    assert receiver.wait_for(4)[2:] == ["succeeded", "succeeded"]
    market.deliver()
    assert market.state(order["id"]) == "paid"


def test_a_provider_that_stumbles_is_asked_again_and_one_that_is_down_is_said_to_be(market, order, simulator):
    simulator.behave(fail_first_n=2, delay_ms=60_000)
    assert market.pay(order)["state"] == "opened"
    other = market.order(market.on_sale(), actor=OTHER)["id"]
    simulator.behave(fail_first_n=3, delay_ms=60_000)
    assert market.refused(OTHER, "pay_order", order_id=other) == "payment.provider_unavailable"
    assert market.ask(OTHER, "find_payment", order_id=other)["state"] == "requested"
    assert market.ask(OTHER, "pay_order", order_id=other)["state"] == "opened"


def test_a_provider_that_is_away_is_unavailable_within_the_time_of_a_call(market, order):
    market.service.provider = PaymentProvider("http://127.0.0.1:9", SECRET, "http://127.0.0.1:9/")
    assert market.refused(BUYER, "pay_order", order_id=order["id"]) == "payment.provider_unavailable"
    assert market.sweep_payments(MINUTE) == 0
    assert market.payment_of(order) == "requested"


def test_a_payment_that_the_provider_never_heard_of_fails_and_another_can_be_made(
    market, order, receiver, simulator
):
    away = PaymentProvider("http://127.0.0.1:9", SECRET, receiver.url)
    market.service.provider, there = away, market.service.provider
    market.refused(BUYER, "pay_order", order_id=order["id"])
    market.service.provider = there
    assert market.sweep_payments(MINUTE) == 1
    assert market.payment_of(order) == "failed"
    market.pay(order)
    assert receiver.wait_for(2) == ["succeeded"] * 2


def test_a_wrong_secret_is_refused_by_the_provider_and_told(market, order, receiver, simulator):
    market.service.provider = PaymentProvider(simulator.url, "another secret", receiver.url)
    assert market.refused(BUYER, "pay_order", order_id=order["id"]) == "payment.provider_refused"


def test_the_simulator_refuses_what_is_not_signed_and_says_what_is_wrong(simulator):
    simulator.behave()
    unsigned = requests.post(f"{simulator.url}/payments", json={}, timeout=5)
    assert unsigned.status_code == 401
    wrong = requests.post(f"{simulator.url}/_behaviour", json={"copies": "two"}, timeout=5)
    assert (wrong.status_code, "copies" in wrong.text) == (400, True)
    assert requests.post(f"{simulator.url}/nowhere", json={}, timeout=5).status_code == 404


def test_the_simulator_ends_at_once_when_asked_with_payments_open():
    started = Simulator()
    started.behave(delay_ms=60_000)
    provider = PaymentProvider(started.url, SECRET, "http://127.0.0.1:9/")
    asked = type("Payment", (), {"id": "p1", "order_id": "o1", "amount_fen": 1})
    asked.pay_by = type("Time", (), {"isoformat": staticmethod(lambda: "2026-11-21T00:00:00+00:00")})
    assert provider.open(asked)["state"] == "pending"
    assert started.end() == 0
