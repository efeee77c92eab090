"""Money back for what was sent: by the seller's word, by the county's, by silence; with and without the goods."""

import threading
from datetime import timedelta

import pytest

from services.chassis.core.actor import Role
from services.chassis.core.calls import utc_now
from services.chassis.core.errors import DomainError, Rejected
from services.civic.actor import CivicActor
from tests.at_rest import plain_in
from tests.integration.market.conftest import BUYER, OTHER, SELLER
from tests.integration.market.test_market_helpers import helper

CLERK = CivicActor("clerk", "official", (Role("clerk", "510183"),))
TOWN_CLERK = CivicActor("town", "official", (Role("clerk", "510183103"),))
ELSEWHERE = CivicActor("far", "official", (Role("clerk", "510184"),))
DAY = timedelta(days=1)
REASON = "开箱有三个坏果"


@pytest.fixture
def sent(market, receiver):
    """Make an order of one box that a real provider was paid for, and that is on its way."""

    def make() -> dict:
        order, heard = market.order(market.on_sale()), len(receiver.outcomes)
        market.pay(order)
        receiver.wait_for(heard + 2)
        market.deliver()
        market.ask(SELLER, "ship_order", order_id=order["id"], way="own_delivery")
        market.deliver()
        return order

    return make


@pytest.fixture
def order(sent) -> dict:
    return sent()


def ask(market, order, amount_fen=1000, actor=BUYER, key="", **given) -> dict:
    asked = {"order_id": order["id"], "amount_fen": amount_fen, "reason": REASON, **given}
    return market.ask(actor, "ask_claim", key, **asked)


def refused_ask(market, order, amount_fen=1000, actor=BUYER, **given) -> str:
    asked = {"order_id": order["id"], "amount_fen": amount_fen, "reason": REASON, **given}
    return market.refused(actor, "ask_claim", **asked)


def agreed(market, claim) -> dict:
    return market.ask(SELLER, "agree_to_claim", claim_id=claim["id"])


def disputed(market, claim) -> dict:
    market.ask(SELLER, "refuse_claim", claim_id=claim["id"], reason="交货时是好的")
    return market.ask(BUYER, "dispute_claim", claim_id=claim["id"], statement="有开箱视频")


def paid_back(market, claim) -> dict:
    """Let the money go back; gives the claim."""
    market.deliver(copies=2)
    market.sweep_payments()
    market.deliver(copies=2)
    return market.ask(BUYER, "find_claim", claim_id=claim["id"])


def refunded(market, order) -> int:
    return market.ask(BUYER, "find_payment", order_id=order["id"])["refunded_fen"]


def test_a_part_goes_back_by_the_sellers_word_and_the_order_goes_on(market, order):
    claim = ask(market, order)
    assert (claim["state"], claim["number"], claim["reason"]) == ("asked", 1, REASON)
    assert agreed(market, claim)["state"] == "refunding"
    done = paid_back(market, claim)
    assert (done["state"], done["agreed_fen"]) == ("refunded", 1000) and done["refunded_at"]
    assert refunded(market, order) == 1000
    for who in (BUYER, SELLER):
        assert market.ask(who, "find_order", order_id=order["id"])["refunded_fen"] == 1000
    assert market.ask(BUYER, "receive_order", order_id=order["id"])["state"] == "received"


def test_goods_go_back_before_the_money_does(market, order):
    claim = ask(market, order, order["amount_fen"], goods_back=True)
    waiting = agreed(market, claim)
    assert waiting["state"] == "returning" and waiting["due"]
    back = {"claim_id": claim["id"], "carrier": "中国邮政", "tracking": "EMS1234567"}
    assert market.refused(SELLER, "send_goods_back", **back) == "claim.not_found"
    assert market.ask(BUYER, "send_goods_back", **back)["state"] == "sent_back"
    assert market.ask(SELLER, "find_claim", claim_id=claim["id"])["tracking"] == "EMS1234567"
    assert refunded(market, order) == 0
    assert market.refused(BUYER, "withdraw_claim", claim_id=claim["id"]) == "claim.not_to_withdraw"
    market.ask(SELLER, "confirm_goods_back", claim_id=claim["id"])
    assert paid_back(market, claim)["state"] == "refunded"
    assert market.payment_of(order) == "refunded"
    told = [one.name for one in market.heard]
    assert told.count("market.payment.refunded") == 1 and "market.order.refunded" not in told


def test_a_refusal_says_why_and_the_buyer_leaves_it_or_calls_the_county_in(market, order):
    claim = ask(market, order)
    no = market.ask(SELLER, "refuse_claim", claim_id=claim["id"], reason="交货时是好的")
    assert (no["state"], no["answer"]) == ("refused", "交货时是好的")
    assert market.sweep_claims(6 * DAY) == 0
    assert market.sweep_claims(7 * DAY) == 1
    left = market.ask(BUYER, "find_claim", claim_id=claim["id"])
    assert (left["state"], left["overdue"]) == ("lapsed", False) and left["ended_at"]
    again = disputed(market, ask(market, order))
    assert (again["state"], again["disputed_by"], again["number"]) == ("disputed", "buyer", 2)


def test_a_silent_seller_does_not_keep_the_buyer_from_the_county(market, order):
    claim = ask(market, order)
    assert market.sweep_claims(3 * DAY - timedelta(minutes=1)) == 0
    assert [market.sweep_claims(3 * DAY), market.sweep_claims(3 * DAY)] == [1, 0]
    shown = market.ask(CLERK, "find_claim", claim_id=claim["id"])
    assert (shown["state"], shown["disputed_by"]) == ("disputed", "silence")
    assert "claim.disputed" in market.deliver()


def test_the_county_decides_in_its_own_county_only_and_only_what_is_disputed(market, order):
    claim = ask(market, order)
    ruling = {"claim_id": claim["id"], "amount_fen": 600, "ruling": "各担一部分"}
    assert market.refused(CLERK, "find_claim", claim_id=claim["id"]) == "claim.not_found"
    assert market.refused(CLERK, "decide_claim", **ruling) == "claim.not_found"
    disputed(market, claim)
    for official in (TOWN_CLERK, ELSEWHERE):
        assert market.refused(official, "decide_claim", **ruling) == "claim.not_found"
        assert market.refused(official, "find_claim", claim_id=claim["id"]) == "claim.not_found"
        assert market.ask(official, "list_disputes")["items"] == []
    assert [one["id"] for one in market.ask(CLERK, "list_disputes")["items"]] == [claim["id"]]
    assert market.refused(CLERK, "decide_claim", **{**ruling, "amount_fen": 1001}) == "claim.more_than_asked"
    assert market.refused(BUYER, "decide_claim", **ruling) == "access.forbidden"
    assert market.ask(CLERK, "decide_claim", **ruling)["state"] == "refunding"
    assert market.refused(CLERK, "decide_claim", **ruling) == "claim.not_to_decide"
    assert paid_back(market, claim)["ruling"] == "各担一部分"
    assert refunded(market, order) == 600
    assert market.ask(CLERK, "list_disputes")["items"] == []
    assert market.ask(CLERK, "list_disputes", state="refunded")["items"][0]["id"] == claim["id"]


def test_the_county_may_grant_nothing_and_no_money_moves(market, order):
    claim = disputed(market, ask(market, order))
    ruled = market.ask(CLERK, "decide_claim", claim_id=claim["id"], amount_fen=0, ruling="没有证据")
    assert (ruled["state"], ruled["agreed_fen"]) == ("dismissed", None)
    assert "claim.refund_due" not in market.deliver() and refunded(market, order) == 0


def test_a_dispute_that_waits_too_long_is_told_once_and_still_decided(market, order):
    claim = disputed(market, ask(market, order))
    assert [market.sweep_claims(15 * DAY), market.sweep_claims(99 * DAY)] == [1, 0]
    [late] = [one for one in delivered(market) if one.name == "market.claim.overdue"]
    assert (late.data["county"], late.data["state"]) == ("510183", "disputed")
    assert market.ask(CLERK, "find_claim", claim_id=claim["id"])["overdue"]
    assert market.ask(SELLER, "agree_to_claim", claim_id=claim["id"])["state"] == "refunding"


def test_goods_that_are_not_sent_back_end_it_and_goods_that_nobody_confirms_are_paid(market, order):
    lost = ask(market, order, goods_back=True)
    agreed(market, lost)
    assert market.sweep_claims(7 * DAY) == 1
    assert market.ask(BUYER, "find_claim", claim_id=lost["id"])["state"] == "lapsed"
    back = ask(market, order, goods_back=True)
    agreed(market, back)
    market.ask(BUYER, "send_goods_back", claim_id=back["id"], way="own_delivery")
    assert market.sweep_claims(10 * DAY) == 1
    assert "claim.returned" in market.deliver()
    market.sweep_payments(10 * DAY)
    market.deliver()
    assert refunded(market, order) == 1000


def test_a_seller_objects_to_what_came_back_and_the_county_decides_without_another_return(market, order):
    claim = ask(market, order, goods_back=True)
    agreed(market, claim)
    market.ask(BUYER, "send_goods_back", claim_id=claim["id"], way="own_delivery")
    objection = {"claim_id": claim["id"], "statement": "退回的是空箱"}
    assert market.refused(BUYER, "dispute_claim", **objection) == "claim.not_to_dispute"
    assert market.ask(SELLER, "dispute_claim", **objection)["disputed_by"] == "seller"
    ruled = market.ask(CLERK, "decide_claim", claim_id=claim["id"], amount_fen=500, ruling="各担一半")
    assert ruled["state"] == "refunding"
    assert paid_back(market, claim)["agreed_fen"] == 500


def test_only_what_was_sent_and_lately_received_is_claimed(market, order):
    unpaid = market.order(market.on_sale())
    assert refused_ask(market, unpaid) == "claim.not_now"
    assert refused_ask(market, order, actor=SELLER) == "order.not_found"
    assert refused_ask(market, order, order["amount_fen"] + 1) == "claim.more_than_paid"
    market.ask(BUYER, "receive_order", order_id=order["id"])
    ended = ask(market, order)
    market.ask(BUYER, "withdraw_claim", claim_id=ended["id"])
    long_ago = {"$set": {"received_at": utc_now() - 8 * DAY}}
    market.service.orders.documents.update_one({"_id": order["id"]}, long_ago)
    assert refused_ask(market, order) == "claim.not_now"


def test_what_came_back_counts_against_the_next_claim(market, order):
    first = ask(market, order, 1000)
    assert refused_ask(market, order) == "claim.another_open"
    agreed(market, first)
    assert refused_ask(market, order) == "claim.another_open"
    paid_back(market, first)
    assert refused_ask(market, order, order["amount_fen"] - 999) == "claim.more_than_paid"
    second = ask(market, order, order["amount_fen"] - 1000)
    agreed(market, second)
    paid_back(market, second)
    assert refunded(market, order) == order["amount_fen"]
    assert refused_ask(market, order, 1) == "claim.more_than_paid"


def test_the_same_key_asks_once_and_gets_the_first_answer(market, order):
    first = ask(market, order, key="one-key-for-one-claim")
    assert ask(market, order, key="one-key-for-one-claim") == first
    assert market.deliver().count("claim.asked") == 1


def test_of_claims_asked_at_the_same_moment_one_is_there(market, order):
    gate, outcomes = threading.Barrier(4), []

    def one() -> None:
        gate.wait(timeout=10)
        try:
            outcomes.append(ask(market, order, order["amount_fen"])["state"])
        except DomainError as refusal:
            outcomes.append(refusal.code)

    threads = [threading.Thread(target=one) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert sorted(outcomes) == ["asked"] + ["claim.another_open"] * 3


def test_agreeing_withdrawing_and_the_clock_at_once_end_in_one_truth(market, sent):
    for _ in range(4):
        order = sent()
        claim = ask(market, order)
        gate, outcomes = threading.Barrier(3), []

        def act(do, gate=gate, outcomes=outcomes) -> None:
            gate.wait(timeout=10)
            try:
                outcomes.append(do())
            except DomainError as refusal:
                outcomes.append(refusal.code)

        acts = [
            lambda claim=claim: agreed(market, claim)["state"],
            lambda claim=claim: market.ask(BUYER, "withdraw_claim", claim_id=claim["id"])["state"],
            lambda: market.sweep_claims(3 * DAY),
        ]
        threads = [threading.Thread(target=act, args=(one,)) for one in acts]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=30)
        done = paid_back(market, claim)
        assert done["state"] in ("refunded", "withdrawn")
        assert refunded(market, order) == (1000 if done["state"] == "refunded" else 0)


def test_a_refund_and_the_receipt_at_once_lose_neither(market, sent):
    for _ in range(3):
        order = sent()
        claim = ask(market, order)
        gate = threading.Barrier(2)
        acts = [
            lambda claim=claim: agreed(market, claim),
            lambda order=order: market.ask(BUYER, "receive_order", order_id=order["id"]),
        ]
        threads = [threading.Thread(target=lambda do=do, g=gate: (g.wait(timeout=10), do())) for do in acts]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=30)
        assert paid_back(market, claim)["state"] == "refunded"
        assert market.state(order["id"]) == "received" and refunded(market, order) == 1000


def test_both_sides_list_their_claims_and_nobody_else_sees_one(market, order):
    claim = ask(market, order)
    for who, side in ((BUYER, "buyer"), (SELLER, "seller")):
        [row] = market.ask(who, "list_claims", side=side)["items"]
        assert row["id"] == claim["id"] and not {"reason", "answer", "statement", "ruling", "tracking"} & set(
            row
        )
        assert market.ask(who, "list_claims", side=side, state="asked")["items"]
        assert market.ask(who, "list_claims", side=side, state="refunded")["items"] == []
        assert market.ask(who, "list_order_claims", order_id=order["id"])["items"][0]["id"] == claim["id"]
    assert market.ask(SELLER, "list_claims")["items"] == []
    assert market.refused(OTHER, "find_claim", claim_id=claim["id"]) == "claim.not_found"
    assert market.refused(OTHER, "list_order_claims", order_id=order["id"]) == "order.not_found"
    assert market.refused(OTHER, "agree_to_claim", claim_id=claim["id"]) == "claim.not_found"


def test_a_helper_claims_for_the_ward_and_answers_for_nobody(market, order):
    claim = ask(market, order, actor=helper())
    assert (claim["buyer_id"], claim["acted_by"]) == (BUYER.id, OTHER.id)
    assert market.refused(helper(), "list_claims", side="seller") == "claim.only_buying_side"
    for door in ("agree_to_claim", "refuse_claim", "confirm_goods_back"):
        assert market.refused(helper(OTHER, SELLER), door) == "mandate.not_for_this"
    assert market.refused(helper(OTHER, SELLER), "find_claim", claim_id=claim["id"]) == "claim.not_found"
    assert market.ask(helper(), "withdraw_claim", claim_id=claim["id"])["state"] == "withdrawn"
    acted = {one.name: one.data.get("acted_by") for one in delivered(market)}
    assert acted["market.claim.asked"] == acted["market.claim.withdrawn"] == OTHER.id


def test_who_is_leaving_begins_no_claim_and_one_written_meanwhile_is_withdrawn(market, order, monkeypatch):
    asked: list[tuple[str, ...]] = []

    def leaves_in_between(*people: str) -> None:
        asked.append(people)
        if len(asked) > 1:
            raise Rejected("departure.no_trade", "不能交易")

    monkeypatch.setattr(market.service, "must_not_leave", leaves_in_between, raising=False)
    for times in (2, 3):
        with pytest.raises(Rejected, match=r"departure\.no_trade"):
            ask(market, order, key="one-key-for-one-claim")
        assert len(asked) == times, (
            "the repeat is refused by the rule, and not answered as if it had been done"
        )
    [kept] = market.service.claims.documents.find()
    assert kept["state"] == "withdrawn"


def test_what_the_parties_wrote_stands_nowhere_plain(market, order, database):
    claim = disputed(market, ask(market, order))
    words = [REASON, "交货时是好的", "有开箱视频"]
    assert plain_in(database, [*words, claim["id"]]) == {claim["id"]}


def delivered(market):
    market.deliver()
    return market.heard
