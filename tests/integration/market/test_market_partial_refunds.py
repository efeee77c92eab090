"""Refunds of a part: each under its own id, told late and twice, and together never more than was paid."""

import threading
from datetime import timedelta

import pytest

from services.chassis.core.calls import event_call
from services.chassis.core.errors import DomainError, Rejected, VersionConflict
from services.market.paying.payments import usecases as payments
from tests.integration.market.conftest import BUYER, SELLER
from tests.integration.market.simulator import until

LATER = timedelta(minutes=2)


@pytest.fixture
def paid(market, order, receiver) -> dict:
    """An order that the provider was really paid for, shipped."""
    market.pay(order)
    receiver.wait_for(2)
    market.deliver()
    market.ask(SELLER, "ship_order", order_id=order["id"], way="own_delivery")
    market.deliver()
    return order


def payment(market, order):
    return market.service.payments.find_newest(order["id"], {"buyer_id": BUYER.id})


def ask_for(market, order, refund_id: str, amount_fen: int, key: str = "") -> None:
    """Let the payments hear that a part is due back."""
    told = {"payment_id": payment(market, order).id, "claim_id": refund_id, "refund_fen": amount_fen}
    payments.ask_partial_refund(market.service.payments, event_call(key or f"due:{refund_id}", told))


def ledger(market, order) -> tuple[str, int, list[tuple[str, int, str]]]:
    shown = market.ask(BUYER, "find_payment", order_id=order["id"])
    refunds = [(one["id"], one["amount_fen"], one["state"]) for one in shown["refunds"]]
    return shown["state"], shown["refunded_fen"], refunds


def test_several_parts_go_back_until_nothing_is_left(market, paid):
    rest = paid["amount_fen"] - 1500
    for refund_id, amount in (("c1", 1000), ("c2", 500), ("c3", rest)):
        ask_for(market, paid, refund_id, amount)
        assert market.sweep_payments() == 1
    assert ledger(market, paid) == (
        "refunded",
        paid["amount_fen"],
        [("c1", 1000, "refunded"), ("c2", 500, "refunded"), ("c3", rest, "refunded")],
    )
    told = market.deliver()
    assert told.count("payment.partially_refunded") == 2 and told.count("payment.refunded") == 1
    assert market.state(paid["id"]) == "shipped", "a claim's money changes no order"
    for who, side in ((BUYER, "buyer"), (SELLER, "seller")):
        [row] = market.ask(who, "list_orders", side=side)["items"]
        assert row["refunded_fen"] == row["amount_fen"] == paid["amount_fen"], "but both see that it is back"
        assert market.ask(who, "find_order", order_id=paid["id"])["refunded_fen"] == paid["amount_fen"]


def test_a_part_that_is_asked_for_again_goes_back_once(market, paid, simulator):
    for key in ("due:1", "due:1", "due:2"):
        ask_for(market, paid, "c1", 1000, key)
    assert [market.sweep_payments(), market.sweep_payments()] == [1, 0]
    said = market.service.provider.ask(payment(market, paid).id)
    assert said["refunds"] == [{"refund_id": "c1", "amount_fen": 1000, "state": "refunded"}]


def test_a_provider_that_takes_its_time_is_heard_by_its_late_and_double_callbacks(
    market, paid, receiver, simulator
):
    simulator.behave(refund_delay_ms=300, copies=3)
    heard = len(receiver.outcomes)
    ask_for(market, paid, "c1", 1000)
    assert market.sweep_payments() == 0, "it is asked for, and not back yet"
    assert ledger(market, paid)[1:] == (0, [("c1", 1000, "requested")])
    assert receiver.wait_for(heard + 3)[heard:] == ["succeeded"] * 3
    assert ledger(market, paid)[1:] == (1000, [("c1", 1000, "refunded")])
    assert market.deliver().count("payment.partially_refunded") == 1
    assert market.sweep_payments(LATER) == 0


def test_a_callback_of_a_refund_that_never_comes_is_asked_for(market, paid, simulator):
    simulator.behave(refund_delay_ms=50, never=True)
    ask_for(market, paid, "c1", 1000)
    assert market.sweep_payments() == 0
    id = payment(market, paid).id
    until(lambda: market.service.provider.ask(id)["refunds"][0]["state"] == "refunded")
    assert market.sweep_payments() == 0, "it waits a minute before it asks again"
    assert market.sweep_payments(LATER) == 1
    assert ledger(market, paid)[1] == 1000


def test_what_the_provider_refuses_is_tried_again_and_keeps_no_other_refund_waiting(
    market, paid, monkeypatch, caplog
):
    ask_for(market, paid, "c1", 1000)
    ask_for(market, paid, "c2", 500)
    provider = market.service.provider
    refund = provider.refund

    def refuses_the_first(payment, one):
        if one.id == "c1":
            raise Rejected("test.refused", "不行")
        return refund(payment, one)

    monkeypatch.setattr(provider, "refund", refuses_the_first)
    assert market.sweep_payments() == 1
    [line] = [one for one in caplog.records if one.levelname == "ERROR"]
    assert (line.payment_id, line.refund_id, line.refusal) == (
        payment(market, paid).id,
        "c1",
        "test.refused",
    )
    assert ledger(market, paid)[1:] == (500, [("c1", 1000, "requested"), ("c2", 500, "refunded")])
    monkeypatch.undo()
    assert market.sweep_payments() == 0, "not at once"
    assert market.sweep_payments(LATER) == 1
    assert ledger(market, paid)[1] == 1500


def test_of_a_refund_that_is_refused_for_a_day_the_county_hears_once_and_it_is_still_asked_for(
    market, paid, monkeypatch
):
    def refuses(payment, one):
        raise Rejected("test.refused", "不行")

    monkeypatch.setattr(market.service.provider, "refund", refuses)
    ask_for(market, paid, "c1", 1000)
    market.sweep_payments(timedelta(hours=23))
    assert "payment.refund_overdue" not in market.deliver()
    for hours in (25, 27, 29):
        market.sweep_payments(timedelta(hours=hours))
    assert market.deliver().count("payment.refund_overdue") == 1
    told = next(one for one in market.heard if one.name == "market.payment.refund_overdue").data
    assert (told["county"], told["refund_id"], told["refund_fen"]) == ("510183", "c1", 1000)
    monkeypatch.undo()
    assert market.sweep_payments(timedelta(hours=31)) == 1
    assert ledger(market, paid)[1:] == (1000, [("c1", 1000, "refunded")])


def test_of_two_refunds_at_once_that_are_too_much_together_one_is_written(market, paid, monkeypatch):
    store, gate = market.service.payments, threading.Barrier(2)
    get, waited = store.get, threading.local()

    def both_look_before_any_writes(*asked, **more):
        found = get(*asked, **more)
        if not hasattr(waited, "once"):
            waited.once = gate.wait(timeout=10)
        return found

    monkeypatch.setattr(store, "get", both_look_before_any_writes)
    most = paid["amount_fen"] - 1
    outcomes: dict[str, str] = {}

    def ask(refund_id: str) -> None:
        try:
            ask_for(market, paid, refund_id, most)
            outcomes[refund_id] = "written"
        except VersionConflict:
            outcomes[refund_id] = "again"

    threads = [threading.Thread(target=ask, args=(one,)) for one in ("c1", "c2")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert sorted(outcomes.values()) == ["again", "written"]
    monkeypatch.undo()
    [loser] = [one for one, outcome in outcomes.items() if outcome == "again"]
    with pytest.raises(Rejected, match="refund_too_much"):
        ask_for(market, paid, loser, most)  # as the listener does: it is heard again
    assert payment(market, paid).left_fen == 1


def test_a_part_and_the_whole_at_once_never_exceed_what_was_paid(market, paid):
    ask_for(market, paid, "c1", 1000)
    whole = {"payment_id": payment(market, paid).id}
    for key in ("whole:1", "whole:2"):
        payments.ask_refund(market.service.payments, event_call(key, whole))
    with pytest.raises(Rejected, match="refund_too_much"):
        ask_for(market, paid, "c2", 1)
    assert market.sweep_payments() == 1
    state, refunded, refunds = ledger(market, paid)
    assert (state, refunded) == ("refunded", paid["amount_fen"])
    assert [amount for _, amount, _ in refunds] == [1000, paid["amount_fen"] - 1000]


def test_sweeps_and_callbacks_at_the_same_moment_pay_a_part_back_once(market, paid, receiver, simulator):
    simulator.behave(refund_delay_ms=1, copies=2, copy_delay_ms=0)
    heard = len(receiver.outcomes)
    ask_for(market, paid, "c1", 1000)
    threads = [threading.Thread(target=market.sweep_payments) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    receiver.wait_for(heard + 2)
    market.sweep_payments(LATER)
    assert ledger(market, paid)[1:] == (1000, [("c1", 1000, "refunded")])
    assert market.deliver().count("payment.partially_refunded") == 1


def test_the_provider_itself_gives_no_more_back_than_it_was_paid(market, paid):
    one = payment(market, paid)
    one.ask_partial_refund("c1", paid["amount_fen"], one.requested_at)
    one.refunds[0].amount_fen += 1
    with pytest.raises(DomainError, match="provider_refused"):
        market.service.provider.refund(one, one.refunds[0])
