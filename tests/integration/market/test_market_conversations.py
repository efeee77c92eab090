"""What buyer and seller write to each other: theirs alone, told once, bounded, closed and forgotten."""

import threading
from datetime import timedelta

import pytest

from services.chassis.core.calls import utc_now
from services.civic.actor import CivicActor
from services.market.selling.conversations import model
from services.market.service import Service
from tests.at_rest import plain_in, seal_nothing
from tests.integration.market.conftest import BUYER, ENDORSER, OTHER, SELLER
from tests.integration.market.test_market_helpers import helper

HELLO, ANSWER = "请问什么时候发货？", "明天一早就发。"


@pytest.fixture
def order(market) -> dict:
    """An order that is paid."""
    return market.paid()


def write(market, actor, order, text=HELLO, key="") -> dict:
    return market.ask(actor, "write_order_message", key, order_id=order["id"], text=text)


def texts(market, actor, order, **asked) -> list[str]:
    page = market.ask(actor, "list_order_messages", order_id=order["id"], **asked)
    return [one["text"] for one in page["items"]]


def test_the_two_write_to_each_other_and_nobody_else_reads_it(market, order):
    assert texts(market, BUYER, order) == []
    assert write(market, BUYER, order) == {"order_id": order["id"], "number": 1}
    assert write(market, SELLER, order, ANSWER)["number"] == 2
    for who in (BUYER, SELLER):
        assert texts(market, who, order) == [HELLO, ANSWER]
    for door, more in (("write_order_message", {"text": "？"}), ("list_order_messages", {})):
        assert market.refused(OTHER, door, order_id=order["id"], **more) == "order.not_found"
        assert market.refused(ENDORSER, door, order_id=order["id"], **more) == "access.forbidden"
        assert market.refused(helper(), door) == "mandate.not_for_this"
    assert market.refused(OTHER, "read_order_messages", order_id=order["id"]) == "conversation.not_found"


def test_the_other_is_told_once_until_it_is_read(market, order):
    for _ in range(3):
        write(market, BUYER, order)
    assert market.deliver().count("conversation.message_left") == 1
    page = market.ask(SELLER, "list_order_messages", order_id=order["id"])
    assert page["unread"] == 3
    market.ask(SELLER, "read_order_messages", order_id=order["id"])
    assert market.ask(SELLER, "list_order_messages", order_id=order["id"])["unread"] == 0
    write(market, BUYER, order)
    write(market, SELLER, order, ANSWER)
    assert market.deliver().count("conversation.message_left") == 2
    told = [one.data["recipient_id"] for one in market.heard if one.name.endswith("message_left")]
    assert told == [SELLER.id, SELLER.id, BUYER.id]
    assert HELLO not in str([one.data for one in market.heard])


def test_messages_are_read_page_by_page_the_oldest_first(market, order):
    for number in range(5):
        write(market, BUYER, order, f"第 {number} 条")
    first = market.ask(SELLER, "list_order_messages", order_id=order["id"], limit=3)
    assert [one["number"] for one in first["items"]] == [1, 2, 3] and first["next"] == 3
    rest = market.ask(SELLER, "list_order_messages", order_id=order["id"], after=first["next"])
    assert [one["number"] for one in rest["items"]] == [4, 5] and rest["next"] is None


def test_a_message_sent_twice_under_one_key_is_there_once(market, order):
    first = write(market, BUYER, order, key="one-key-for-one-message")
    write(market, SELLER, order, ANSWER)
    assert write(market, BUYER, order, key="one-key-for-one-message") == first
    assert texts(market, BUYER, order) == [HELLO, ANSWER]


def test_messages_at_the_same_moment_are_all_there(market, order):
    gate = threading.Barrier(4)

    def one(actor, number) -> None:
        gate.wait(timeout=10)
        write(market, actor, order, f"同时 {number}")

    who = [(BUYER, 0), (SELLER, 1), (BUYER, 2), (SELLER, 3)]
    threads = [threading.Thread(target=one, args=asked) for asked in who]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert sorted(texts(market, BUYER, order)) == [f"同时 {number}" for number in range(4)]


def test_nobody_writes_without_end(market, order, monkeypatch):
    monkeypatch.setattr(model, "MOST_AN_HOUR", 2)
    write(market, BUYER, order)
    write(market, BUYER, order)
    wanted = {"order_id": order["id"], "text": "？"}
    assert market.refused(BUYER, "write_order_message", **wanted) == "conversation.too_many"
    write(market, SELLER, order, ANSWER)
    monkeypatch.setattr(model, "MOST", 3)
    assert market.refused(SELLER, "write_order_message", **wanted) == "conversation.full"


def test_before_payment_and_long_after_the_end_nobody_writes_and_what_was_written_is_read(market, order):
    unpaid = market.order(market.on_sale())
    wanted = {"order_id": unpaid["id"], "text": "在吗？"}
    assert market.refused(BUYER, "write_order_message", **wanted) == "conversation.not_paid"
    write(market, BUYER, order)
    over = {"$set": {"state": "received", "received_at": utc_now() - timedelta(days=31)}}
    market.service.orders.documents.update_one({"_id": order["id"]}, over)
    wanted = {"order_id": order["id"], "text": "还有吗？"}
    assert market.refused(SELLER, "write_order_message", **wanted) == "conversation.closed"
    assert texts(market, SELLER, order) == [HELLO]


def test_what_was_written_stands_nowhere_plain_and_is_forgotten_by_the_database(market, order, database):
    write(market, BUYER, order)
    assert plain_in(database, [HELLO, order["id"]]) == {order["id"]}
    [index] = [one for one in database.conversations.list_indexes() if one["name"] == "forgotten"]
    assert index["expireAfterSeconds"] == 0
    kept = database.conversations.find_one()["forget_at"] - utc_now()
    assert timedelta(days=371) < kept <= timedelta(days=372)


def test_without_sealing_the_same_search_finds_it(market, order, database, monkeypatch):
    seal_nothing(monkeypatch, market.service.conversations)
    write(market, BUYER, order)
    assert plain_in(database, [HELLO]) == {HELLO}


@pytest.mark.parametrize(("person", "gone", "left"), [(BUYER, HELLO, ANSWER), (SELLER, ANSWER, HELLO)])
def test_a_copy_shows_both_sides_and_an_erasure_takes_ones_own_words(
    market, order, database, person: CivicActor, gone, left
):
    write(market, BUYER, order)
    write(market, SELLER, order, ANSWER)
    held = Service.held_of_a_person.make(database)
    shown = str(held.copy_of([person.id]))
    assert HELLO in shown and ANSWER in shown
    said = market.service.conversations.get(order["id"]).messages[0]["written_at"]
    assert f"买家 {said + timedelta(hours=8):%Y-%m-%d %H:%M}：{HELLO}" in shown, "in the time of China"
    store = market.service.conversations
    store.of_a_person.erase(store, person.id, market.at_now())
    other = SELLER if person is BUYER else BUYER
    assert texts(market, other, order).count(left) == 1 and gone not in texts(market, other, order)
