"""The rules of what buyer and seller write to each other."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from services.chassis.core.errors import Conflict, Rejected, TooMany
from services.market.selling.conversations import model
from services.market.selling.conversations.model import Conversation, ConversationTerms

NOW = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)
TERMS = ConversationTerms(open_days=30, kept_months=12)
DAY = timedelta(days=1)


def conversation() -> Conversation:
    return Conversation("o1", "510183103204", "buyer", "seller", "猕猴桃", NOW)


def ordered(**given):
    values = {"paid_at": NOW, "received_at": None, "ended_at": None, "erased": []}
    return SimpleNamespace(**{**values, **given})


def test_the_other_is_told_once_until_it_is_read():
    one = conversation()
    [(name, told)] = one.write("buyer", "什么时候发货？", TERMS, NOW)
    assert (name, told["recipient_id"]) == ("conversation.message_left", "seller")
    assert one.write("buyer", "急用。", TERMS, NOW) == []
    one.read("seller")
    assert one.write("buyer", "还在吗？", TERMS, NOW)[0][1]["recipient_id"] == "seller"
    [(_, told)] = one.write("seller", "明天发。", TERMS, NOW)
    assert told["recipient_id"] == "buyer" and one.unread == {"buyer": 1, "seller": 0}


def test_no_event_says_what_was_written():
    assert "什么时候" not in str(conversation().write("buyer", "什么时候发货？", TERMS, NOW))


def test_nobody_writes_more_than_a_few_messages_an_hour_and_the_other_still_may():
    one = conversation()
    for number in range(model.MOST_AN_HOUR):
        one.write("buyer", str(number), TERMS, NOW)
    with pytest.raises(TooMany, match="too_many") as refusal:
        one.write("buyer", "还有", TERMS, NOW + timedelta(minutes=40, seconds=0.5))
    assert refusal.value.detail == {"most": model.MOST_AN_HOUR, "retry_after": 1200}
    one.write("seller", "慢慢说。", TERMS, NOW)
    one.write("buyer", "好。", TERMS, NOW + timedelta(hours=1))


def test_who_has_to_wait_waits_for_the_oldest_of_the_last_messages_to_be_an_hour_old():
    one = conversation()
    for number in range(model.MOST_AN_HOUR + 5):
        one.write("buyer", str(number), TERMS, NOW + number * timedelta(minutes=3))
    last = NOW + (model.MOST_AN_HOUR + 4) * timedelta(minutes=3)
    with pytest.raises(TooMany) as refusal:
        one.write("buyer", "还有", TERMS, last)
    assert refusal.value.detail["retry_after"] == 180
    one.write("buyer", "好。", TERMS, last + timedelta(seconds=180))


def test_there_is_an_end_to_what_one_order_holds():
    one = conversation()
    for number in range(model.MOST):
        one.write("buyer", str(number), TERMS, NOW + number * timedelta(minutes=10))
    with pytest.raises(Rejected, match="full"):
        one.write("seller", "？", TERMS, NOW)


def test_messages_are_numbered_and_read_from_any_of_them_on():
    one = conversation()
    for number in range(5):
        one.write("buyer", str(number), TERMS, NOW)
    assert [said["number"] for said in one.after(0, 2)] == [1, 2]
    assert [said["number"] for said in one.after(3, 20)] == [4, 5]
    assert one.after(5, 20) == [] and one.count == 5


def test_what_was_written_is_kept_for_the_months_after_the_last_word():
    one = conversation()
    one.write("buyer", "在吗？", TERMS, NOW)
    one.write("seller", "在。", ConversationTerms(30, 1), NOW + DAY)
    assert one.forget_at == NOW + DAY + timedelta(days=31)


@pytest.mark.parametrize(
    ("order", "may"),
    [
        (ordered(), True),
        (ordered(received_at=NOW - 30 * DAY), True),
        (ordered(received_at=NOW - 30 * DAY - timedelta(seconds=1)), False),
        (ordered(ended_at=NOW - 31 * DAY), False),
        (ordered(erased=["seller"]), False),
    ],
)
def test_an_order_long_over_and_one_who_left_are_written_to_no_more(order, may):
    if may:
        model.an_order_long_over_is_talked_about_no_more(order, TERMS, NOW)
        return
    with pytest.raises(Conflict, match="closed"):
        model.an_order_long_over_is_talked_about_no_more(order, TERMS, NOW)


def test_before_payment_nobody_writes():
    model.only_a_paid_order_is_talked_about(ordered())
    with pytest.raises(Conflict, match="not_paid"):
        model.only_a_paid_order_is_talked_about(ordered(paid_at=None))


def test_the_words_of_an_erased_party_go_and_the_others_stay():
    one = conversation()
    one.write("buyer", "我的电话在后面", TERMS, NOW)
    one.write("seller", "收到", TERMS, NOW)
    one.erase("buyer", NOW)
    assert [said["text"] for said in one.messages] == [model.GONE, "收到"]
    assert one.erased == ["buyer"]
