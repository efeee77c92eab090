"""What the provider's word changes, and what it does not."""

from datetime import UTC, datetime, timedelta

import pytest

from services.chassis.core.errors import Forbidden, Invalid, Rejected
from services.chassis.http.signing import sign
from services.market.paying.payments.model import GIVE_UP_AFTER, Payment, what_nobody_knows_of
from services.market.paying.payments.provider import PaymentProvider

NOW = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)
STATES = ("requested", "opened", "succeeded", "failed", "refund_requested", "refunded")
BODY = b'{"payment_id": "p1", "order_id": "o1", "amount_fen": 13600, "state": "succeeded"}'


def payment(state="opened", **given) -> Payment:
    return Payment("p1", "510183103204", "o1", "buyer", 13600, NOW, NOW, state=state, **given)


def said(state, **given):
    return {"payment_id": "p1", "order_id": "o1", "amount_fen": 13600, "state": state, **given}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("word", ["pending", "succeeded", "failed", "refunded"])
def test_only_news_changes_a_payment(state, word):
    news = {
        ("requested", "succeeded"), ("opened", "succeeded"), ("failed", "succeeded"),
        ("requested", "failed"), ("opened", "failed"),
        ("refund_requested", "refunded"),
    }  # fmt: skip
    asked = payment(state)
    events = asked.settle(said(word), NOW)
    assert bool(events) == ((state, word) in news)
    assert asked.state == (word if events else state)
    assert asked.settle(said(word), NOW) == []


@pytest.mark.parametrize(
    "wrong", [{"amount_fen": 13601}, {"amount_fen": "13600"}, {"order_id": "o2"}, {"order_id": None}]
)
def test_nothing_is_believed_about_another_amount_or_order(wrong):
    asked = payment()
    with pytest.raises(Rejected) as refusal:
        asked.settle(said("succeeded", **wrong), NOW)
    assert (refusal.value.code, asked.state) == ("payment.amount_differs", "opened")


@pytest.mark.parametrize("currency", ["USD", "cny", "", 156, ["CNY"], True])
def test_nothing_is_believed_in_another_currency(currency):
    asked = payment()
    with pytest.raises(Rejected) as refusal:
        asked.settle(said("succeeded", currency=currency), NOW)
    assert (refusal.value.code, asked.state) == ("payment.currency_differs", "opened")
    assert asked.settle(said("succeeded", currency="CNY"), NOW)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("word", ["pending", "succeeded", "failed", "refunded"])
def test_what_a_payment_does_not_know_of_is_told_once_its_word_was_taken(state, word):
    asked = payment(state)
    asked.settle(said(word), NOW)
    paid = ("succeeded", "refund_requested", "refunded")
    unknown = {("failed", one): "reversed" for one in paid}
    unknown |= {
        ("refunded", one): "refund_not_asked" for one in ("requested", "opened", "failed", "succeeded")
    }
    assert what_nobody_knows_of(asked, said(word)) == unknown.get((word, state))


def test_a_payment_fails_when_the_provider_never_heard_of_it_or_the_buyer_does_not_pay_for_a_day():
    later = NOW + GIVE_UP_AFTER + timedelta(seconds=1)
    assert payment("requested").lapse(False, NOW)[0][0] == "payment.failed"
    assert payment("requested").lapse(True, NOW) == []
    assert payment("opened").lapse(False, NOW) == []
    assert payment("opened").lapse(True, later)[0][0] == "payment.failed"
    assert payment("refund_requested").lapse(True, later) == []


def test_money_that_comes_after_a_failure_is_taken_and_keeps_no_other_payment_from_being_open():
    late = payment("failed")
    late.settle(said("succeeded"), NOW)
    assert (late.state, late.live) == ("succeeded", False)
    assert payment("succeeded").live


def paid(**given) -> Payment:
    return payment("succeeded", settled_at=NOW, **given)


def back(*refunds, state="succeeded"):
    named = [{"refund_id": id, "amount_fen": fen, "state": how} for id, fen, how in refunds]
    return said(state, refunds=named)


def test_parts_go_back_each_under_its_own_id_and_the_last_of_them_makes_the_payment_refunded():
    one = paid()
    [(name, asked)] = one.ask_partial_refund("c1", 3600, NOW)
    assert (name, asked["refund_id"], asked["refund_fen"], asked["refunded_fen"]) == (
        "payment.partial_refund_requested", "c1", 3600, 0,
    )  # fmt: skip
    assert (one.due, one.left_fen, one.state) == (NOW, 10000, "succeeded")
    one.ask_partial_refund("c2", 10000, NOW)
    [(name, told)] = one.settle(back(("c1", 3600, "refunded"), ("c2", 10000, "pending")), NOW)
    assert (name, told["refund_id"], told["refunded_fen"]) == ("payment.partially_refunded", "c1", 3600)
    assert one.due > NOW and [refund.id for refund in one.owed] == ["c2"]
    [(name, told)] = one.settle(back(("c1", 3600, "refunded"), ("c2", 10000, "refunded")), NOW)
    assert (name, told["refund_id"], one.state, one.due) == ("payment.refunded", "c2", "refunded", None)
    assert one.refunded_fen == 13600


def test_a_refund_that_is_asked_for_or_paid_back_again_changes_nothing():
    one = paid()
    one.ask_partial_refund("c1", 3600, NOW)
    assert one.ask_partial_refund("c1", 3600, NOW) == []
    word = back(("c1", 3600, "refunded"))
    assert one.settle(word, NOW) and one.settle(word, NOW) == []
    assert (one.refunded_fen, len(one.refunds)) == (3600, 1)


@pytest.mark.parametrize("amount_fen", [0, -1, 10001])
def test_no_more_goes_back_than_is_left_of_what_was_paid(amount_fen):
    one = paid()
    one.ask_partial_refund("c1", 3600, NOW)
    with pytest.raises(Rejected, match="refund_too_much"):
        one.ask_partial_refund("c2", amount_fen, NOW)
    assert one.ask_partial_refund("c2", 10000, NOW)


@pytest.mark.parametrize("state", [state for state in STATES if state != "succeeded"])
def test_only_money_that_is_there_goes_back_in_parts(state):
    with pytest.raises(Rejected, match="refund_too_much"):
        payment(state).ask_partial_refund("c1", 1, NOW)


def test_what_is_left_goes_back_as_a_whole_under_the_id_of_the_payment():
    one = paid()
    one.ask_partial_refund("c1", 3600, NOW)
    assert one.ask_refund(NOW)[0][0] == "payment.refund_requested"
    assert [(refund.id, refund.amount_fen) for refund in one.refunds] == [("c1", 3600), ("p1", 10000)]
    [(first, told), (last, _)] = one.settle(back(("c1", 3600, "refunded"), ("p1", 10000, "refunded")), NOW)
    assert (first, told["state"], last) == (
        "payment.partially_refunded",
        "refund_requested",
        "payment.refunded",
    )
    assert one.ask_refund(NOW) == []


@pytest.mark.parametrize("named", [None, "nonsense", [7, None], [{"refund_id": "another"}], [{}]])
def test_a_word_that_names_no_refund_of_ours_pays_none_back(named):
    one = paid()
    one.ask_partial_refund("c1", 3600, NOW)
    assert one.settle(said("succeeded", refunds=named), NOW) == [] and one.refunded_fen == 0


def test_a_refund_with_another_amount_is_not_believed():
    one = paid()
    one.ask_partial_refund("c1", 3600, NOW)
    with pytest.raises(Rejected, match="refund_differs"):
        one.settle(back(("c1", 3601, "refunded")), NOW)
    assert one.refunded_fen == 0


def test_a_payment_that_the_version_before_was_giving_back_is_given_back_whole():
    before = payment("refund_requested", settled_at=NOW)
    assert [(one.id, one.amount_fen, one.state) for one in before.owed] == [("p1", 13600, "requested")]
    done = payment("refunded", settled_at=NOW, refunded_at=NOW)
    assert (done.refunded_fen, done.owed, done.left_fen) == (13600, [], 0)


def test_the_provider_is_asked_ever_less_often_but_every_hour():
    waits = [payment(asks=asks).next_asking(NOW) - NOW for asks in range(40)]
    assert waits == sorted(waits) and waits[0] == timedelta(minutes=1) and waits[-1] == timedelta(hours=1)


def provider() -> PaymentProvider:
    return PaymentProvider("http://127.0.0.1:9", "the secret", "http://127.0.0.1:9/payments/callback")


def stamp(seconds=0) -> str:
    return str(int(NOW.timestamp()) + seconds)


@pytest.mark.parametrize("seconds", [0, -299, 299])
def test_a_callback_with_the_right_signature_is_read(seconds):
    read = provider().read_callback(
        BODY.decode(), stamp(seconds), sign(b"the secret", BODY, stamp(seconds)), NOW
    )
    assert read == said("succeeded")


@pytest.mark.parametrize(
    ("body", "timestamp", "signature"),
    [
        (BODY.decode(), stamp(), sign(b"another secret", BODY, stamp())),
        (BODY.decode().replace("13600", "1"), stamp(), sign(b"the secret", BODY, stamp())),
        (BODY.decode(), stamp(1), sign(b"the secret", BODY, stamp())),
        (BODY.decode(), stamp(), ""),
        ("\ud800", stamp(), "\ud800"),
        (BODY.decode(), "\ud800", "é"),
    ],
)
def test_a_forged_callback_is_refused(body, timestamp, signature):
    with pytest.raises(Forbidden) as refusal:
        provider().read_callback(body, timestamp, signature, NOW)
    assert refusal.value.code == "payment.callback_forged"


@pytest.mark.parametrize("timestamp", [stamp(-301), stamp(301), "", "-5", "1e9"])
def test_a_callback_kept_for_later_is_refused(timestamp):
    with pytest.raises(Forbidden) as refusal:
        provider().read_callback(BODY.decode(), timestamp, sign(b"the secret", BODY, timestamp), NOW)
    assert refusal.value.code == "payment.callback_stale"


@pytest.mark.parametrize("body", [b"", b"[]", b"nonsense", b"{}", b'{"payment_id": 1, "state": "succeeded"}'])
def test_a_signed_callback_of_another_shape_is_refused(body):
    with pytest.raises(Invalid) as refusal:
        provider().read_callback(body.decode(), stamp(), sign(b"the secret", body, stamp()), NOW)
    assert refusal.value.code == "payment.callback_malformed"


def test_its_events_name_what_was_bought_where_that_is_known():
    ((_, told),) = payment("succeeded", title="金果猕猴桃").ask_refund(NOW)
    assert told["title"] == "金果猕猴桃"
    ((_, told),) = payment("succeeded").ask_refund(NOW)
    assert "title" not in told, "a payment from before 0.2.0"
