"""What the payment provider says and nobody knows of is believed in nothing, and seen by the clerks of the county."""

import threading
import time

import orjson
import pytest

from services.chassis.core.actor import Role
from services.chassis.core.errors import DomainError
from services.chassis.http.signing import sign
from services.civic.actor import ANONYMOUS, CivicActor
from services.market.paying.payments.provider import PaymentProvider
from tests.integration.market.conftest import BUYER, ENDORSER, SELLER
from tests.integration.market.simulator import SECRET

CLERK = CivicActor("clerk", "official", (Role("clerk", "510183"),))
TOWN_CLERK = CivicActor("town", "official", (Role("clerk", "510183103"),))
ELSEWHERE = CivicActor("far", "official", (Role("clerk", "510184"),))


@pytest.fixture
def paid(market) -> dict:
    """What the provider would say of a payment that has succeeded."""
    market.service.provider = PaymentProvider("http://127.0.0.1:9", SECRET, "http://127.0.0.1:9/")
    order = market.paid()
    payment = market.ask(BUYER, "find_payment", order_id=order["id"])
    return {
        "payment_id": payment["id"],
        "order_id": order["id"],
        "amount_fen": payment["amount_fen"],
        "state": "succeeded",
        "refunds": [],
    }


@pytest.fixture
def says(market):
    """Let the provider say something; gives the state of the payment, or the code of the refusal."""

    def tell(said: dict) -> str:
        body, now = orjson.dumps(said).decode(), str(int(time.time()))
        signature = sign(SECRET.encode(), body.encode(), now)
        try:
            return market.ask(
                ANONYMOUS, "take_payment_callback", body=body, timestamp=now, signature=signature
            )["state"]
        except DomainError as refusal:
            return refusal.code

    return tell


def seen(market, actor=CLERK, **asked) -> list[dict]:
    return market.ask(actor, "list_payment_discrepancies", **asked)["items"]


UNASKED = [{"refund_id": "r-unasked", "amount_fen": 1, "state": "refunded"}]


@pytest.mark.parametrize(
    ("word", "told", "kind"),
    [
        ({"amount_fen": 1}, "payment.amount_differs", "amount_differs"),
        ({"amount_fen": 2**63}, "payment.amount_differs", "amount_differs"),
        ({"order_id": "another"}, "payment.amount_differs", "amount_differs"),
        ({"currency": "USD"}, "payment.currency_differs", "currency_differs"),
        ({"currency": ["CNY"]}, "payment.currency_differs", "currency_differs"),
        ({"state": "failed"}, "succeeded", "reversed"),
        ({"state": "refunded"}, "succeeded", "refund_not_asked"),
        ({"refunds": UNASKED}, "succeeded", "refund_not_asked"),
    ],
)
def test_what_fits_nothing_is_kept_and_shown_and_changes_nothing(market, paid, says, word, told, kind):
    before = market.service.payments.get(paid["payment_id"])
    assert says({**paid, **word}) == told
    after = market.service.payments.get(paid["payment_id"])
    assert (after.version, after.state, after.refunds) == (before.version, "succeeded", [])
    (found,) = seen(market)
    assert (found["kind"], found["payment"], found["order"]) == (kind, paid["payment_id"], paid["order_id"])
    assert (found["told_state"], found["known_fen"]) == (word.get("state", "succeeded"), paid["amount_fen"])
    assert found["region"] == before.region and found["times"] == 1
    assert found["refunds"] == [one["refund_id"] for one in word.get("refunds", [])]


@pytest.mark.parametrize(
    "word",
    [
        {},
        {"currency": "CNY"},
        {"currency": None},
        {"state": "pending"},
        {"refunds": [{"refund_id": "r", "amount_fen": 1, "state": "pending"}]},
        {"refunds": "none"},
        {"refunds": [None, 1, []]},
    ],
)
def test_a_word_that_says_nothing_new_is_no_discrepancy(market, paid, says, word):
    assert says({**paid, **word}) == "succeeded"
    assert seen(market) == []


def test_a_refund_that_was_asked_for_is_none_either(market, paid, says):
    market.ask(BUYER, "cancel_order", order_id=paid["order_id"])
    market.deliver()
    assert says({**paid, "state": "refunded"}) == "refunded"
    assert says({**paid, "state": "refunded"}) == "refunded"
    assert seen(market) == []
    assert says({**paid, "state": "failed"}) == "refunded"
    assert [one["kind"] for one in seen(market)] == ["reversed"]


def test_a_payment_that_nobody_knows_is_shown_to_every_county_and_to_no_town(market, paid, says):
    assert says({**paid, "payment_id": "p" * 5000, "refunds": UNASKED}) == "payment.not_found"
    for actor in (CLERK, ELSEWHERE):
        (found,) = seen(market, actor)
        assert (found["kind"], found["payment"], found["region"]) == ("not_found", "p" * 64, "")
        assert (found["order"], found["known_fen"], found["told_fen"]) == (None, None, paid["amount_fen"])
    assert seen(market, TOWN_CLERK) == []


def test_what_belongs_to_a_county_is_shown_to_its_clerks_alone(market, paid, says):
    says({**paid, "currency": "USD"})
    assert seen(market, ELSEWHERE) == seen(market, TOWN_CLERK) == [] and len(seen(market)) == 1
    for actor in (BUYER, SELLER, ENDORSER, ANONYMOUS):
        assert market.refused(actor, "list_payment_discrepancies") == "access.forbidden"


def test_the_same_word_again_is_counted_also_at_the_same_moment(market, paid, says):
    gate, word = threading.Barrier(8), {**paid, "state": "failed"}

    def tell() -> None:
        gate.wait(timeout=10)
        assert says(word) == "succeeded"

    threads = [threading.Thread(target=tell) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    (found,) = seen(market)
    assert found["times"] == 8 and found["first_at"] <= found["last_at"]


def test_many_are_shown_by_the_page_last_said_first(market, paid, says):
    for number in range(5):
        says({**paid, "payment_id": f"unknown-{number}"})
    says({**paid, "payment_id": "unknown-0"})
    first = market.ask(CLERK, "list_payment_discrepancies", limit=4)
    second = market.ask(CLERK, "list_payment_discrepancies", limit=4, cursor=first["next"])
    found = [one["payment"][-1] for one in first["items"] + second["items"]]
    assert found == ["0", "4", "3", "2", "1"] and second["next"] is None


def test_a_list_of_them_is_read_from_its_index(market, paid, says, plans):
    says({**paid, "currency": "USD"})
    says({**paid, "payment_id": "unknown"})
    with plans("payment_discrepancies") as asked:
        assert len(seen(market)) == 2
    assert asked


@pytest.mark.parametrize(
    "timestamp", ["²", "٣" * 10, "１７６４５４０８００", "-1", "1e9", "", " 1", "9" * 13]
)
def test_a_time_that_is_no_number_is_no_time_however_well_it_is_signed(market, paid, timestamp):
    body = orjson.dumps(paid).decode()
    signature = sign(SECRET.encode(), body.encode(), timestamp)
    sent = {"body": body, "timestamp": timestamp, "signature": signature}
    assert market.refused(ANONYMOUS, "take_payment_callback", **sent) == "payment.callback_stale"
    assert seen(market) == []
