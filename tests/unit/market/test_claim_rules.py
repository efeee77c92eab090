"""The rules of a claim: who does what when, and what silence means."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from services.chassis.core.errors import Conflict, Rejected
from services.market.selling.claims import contract, rules
from services.market.selling.claims.model import UNFINISHED, Claim, ClaimTerms

NOW = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)
TERMS = ClaimTerms()
DAY = timedelta(days=1)
WORDS = {
    "reason": "三个坏果",
    "answer": "路上摔的",
    "statement": "开箱视频为证",
    "ruling": "各担一半",
    "tracking": "SF1234",
}


def claim(state="asked", **given) -> Claim:
    values = {"due": NOW, "agreed_fen": 3000 if state in ("returning", "sent_back", "refunding") else None}
    return Claim(
        id="c1", region="510183103204", order_id="o1", number=1, payment_id="p1", buyer_id="buyer", seller_id="seller",
        title="猕猴桃", paid_fen=13600, amount_fen=3000, asked_at=NOW, state=state,
        **{"goods_back": False, "reason": "三个坏果", **values, **given},
    )  # fmt: skip


def ordered(state="shipped", **given):
    return SimpleNamespace(**{"state": state, "received_at": None, "payment_id": "p1", **given})


def names(events) -> list[str]:
    return [name.removeprefix("claim.") for name, _ in events]


STEPS = {
    "agree": (lambda c: c.agree(TERMS, NOW), {"asked", "refused", "disputed"}, "claim.not_to_agree"),
    "refuse": (lambda c: c.refuse("不", TERMS, NOW), {"asked"}, "claim.not_to_refuse"),
    "buyer": (lambda c: c.dispute("buyer", "是", TERMS, NOW), {"refused"}, "claim.not_to_dispute"),
    "seller": (lambda c: c.dispute("seller", "坏了", TERMS, NOW), {"sent_back"}, "claim.not_to_dispute"),
    "decide": (lambda c: c.decide(1, "一分", "o", TERMS, NOW), {"disputed"}, "claim.not_to_decide"),
    "send": (
        lambda c: c.send_back("pick_up", None, None, TERMS, NOW),
        {"returning"},
        "claim.not_to_send_back",
    ),
    "confirm": (lambda c: c.confirm_return(), {"sent_back"}, "claim.not_to_confirm"),
    "withdraw": (
        lambda c: c.withdraw(NOW),
        {"asked", "refused", "returning", "disputed"},
        "claim.not_to_withdraw",
    ),
}


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("state", contract.STATES)
def test_each_step_is_taken_from_its_own_states_only(step, state):
    take, allowed, code = STEPS[step]
    if state in allowed:
        assert take(claim(state))
        return
    one = claim(state)
    with pytest.raises(Conflict) as refusal:
        take(one)
    assert (refusal.value.code, one.state) == (code, state)


def test_goods_that_are_under_way_let_nobody_withdraw_and_the_seller_decide_nothing_more():
    sent = claim("disputed", sent_at=NOW)
    for step in (lambda: sent.withdraw(NOW), lambda: sent.agree(TERMS, NOW)):
        with pytest.raises(Conflict):
            step()


def test_without_goods_the_money_goes_back_at_once_under_the_claims_own_id():
    one = claim()
    (agreed, _), (due, told) = one.agree(TERMS, NOW)
    assert (agreed, due) == ("claim.agreed", "claim.refund_due")
    assert (told["claim_id"], told["payment_id"], told["refund_fen"]) == ("c1", "p1", 3000)
    assert names(one.take_refund(NOW)) == ["refunded"] and one.take_refund(NOW) == []
    assert one.ended_at == NOW


def test_goods_go_back_first_and_the_money_when_the_seller_has_them():
    one = claim(goods_back=True)
    assert names(one.agree(TERMS, NOW)) == ["agreed"]
    assert (one.state, one.due) == ("returning", NOW + 7 * DAY)
    assert names(one.send_back("carrier", "中国邮政", "EMS1", TERMS, NOW)) == ["sent_back"]
    assert names(one.confirm_return()) == ["returned", "refund_due"]


def test_the_county_grants_a_part_or_nothing_and_never_more_than_was_asked_for():
    part = claim("disputed")
    events = part.decide(1500, "各担一半", "officer", TERMS, NOW)
    assert names(events) == ["decided", "refund_due"] and events[-1][1]["refund_fen"] == 1500
    nothing = claim("disputed")
    assert names(nothing.decide(0, "证据不足", "officer", TERMS, NOW)) == ["decided"]
    assert (nothing.state, nothing.ended_at, nothing.decided_by) == ("dismissed", NOW, "officer")
    with pytest.raises(Rejected, match="more_than_asked"):
        claim("disputed").decide(3001, "多给一分", "officer", TERMS, NOW)


def test_what_the_county_grants_for_goods_that_came_back_already_is_paid_at_once():
    one = claim("disputed", goods_back=True, sent_at=NOW)
    assert names(one.decide(3000, "退货属实", "officer", TERMS, NOW)) == ["decided", "refund_due"]
    waiting = claim("disputed", goods_back=True)
    assert names(waiting.decide(3000, "应予退货", "officer", TERMS, NOW)) == ["decided"]
    assert waiting.state == "returning"


@pytest.mark.parametrize(
    ("state", "told", "becomes"),
    [
        ("asked", ["disputed"], "disputed"),
        ("refused", ["lapsed"], "lapsed"),
        ("returning", ["lapsed"], "lapsed"),
        ("sent_back", ["returned", "refund_due"], "refunding"),
        ("disputed", ["overdue"], "disputed"),
    ],
)
def test_silence_has_a_meaning_of_its_own_in_each_state(state, told, becomes):
    early = claim(state)
    assert early.fall_due(TERMS, NOW - timedelta(seconds=1)) == []
    assert names(early.fall_due(TERMS, NOW)) == told
    assert early.state == becomes
    assert (early.ended_at is not None) == (becomes == "lapsed")


@pytest.mark.parametrize(
    ("state", "end"),
    [
        ("disputed", lambda c: c.decide(0, "证据不足", "officer", TERMS, NOW)),
        ("returning", lambda c: c.withdraw(NOW)),
        ("returning", lambda c: c.fall_due(TERMS, NOW)),
    ],
)
def test_what_was_agreed_to_and_came_to_nothing_can_be_claimed_again(state, end):
    one = claim(state, agreed_fen=3000)
    end(one)
    assert one.ended_at == NOW and one.agreed_fen is None
    rules.no_more_is_claimed_than_was_paid(13600, [one], 13600)


def test_a_second_dispute_begins_without_the_answers_of_the_first():
    one = claim("disputed", goods_back=True, overdue=True, disputed_by="buyer")
    one.decide(3000, "退货退款", "officer", TERMS, NOW)
    one.send_back("pick_up", None, None, TERMS, NOW)
    one.dispute("seller", "退回的不是原物", TERMS, NOW + DAY)
    assert (one.state, one.overdue, one.ruling, one.decided_by, one.decided_at) == (
        "disputed",
        False,
        None,
        None,
        None,
    )
    assert names(one.fall_due(TERMS, NOW + DAY + TERMS.decide * DAY)) == ["overdue"]


def test_an_office_that_is_late_is_reminded_once_and_still_decides():
    one = claim("disputed")
    one.fall_due(TERMS, NOW)
    assert one.overdue and one.fall_due(TERMS, NOW + 100 * DAY) == []
    assert one.decide(0, "证据不足", "officer", TERMS, NOW)


@pytest.mark.parametrize("state", UNFINISHED)
def test_what_is_not_finished_waits_for_somebody(state):
    assert claim(state).ended_at is None
    assert state in contract.STATES


@pytest.mark.parametrize(
    ("order", "may"),
    [
        (ordered(), True),
        (ordered("received", received_at=NOW - 7 * DAY), True),
        (ordered("received", received_at=NOW - 7 * DAY - timedelta(seconds=1)), False),
        (ordered("paid"), False),
        (ordered("refunding"), False),
        (ordered("refunded"), False),
        (ordered("cancelled"), False),
    ],
)
def test_what_was_sent_is_claimed_until_a_week_after_receipt(order, may):
    if may:
        assert rules.only_what_was_sent_is_claimed(order, TERMS, NOW) == "p1"
        return
    with pytest.raises(Conflict, match="not_now"):
        rules.only_what_was_sent_is_claimed(order, TERMS, NOW)


def test_an_order_has_one_claim_at_a_time_and_few_in_all():
    rules.one_claim_is_finished_before_the_next([claim("lapsed", ended_at=NOW)])
    with pytest.raises(Conflict, match="another_open"):
        rules.one_claim_is_finished_before_the_next([claim("refunding")])
    with pytest.raises(Conflict, match="too_many"):
        rules.one_claim_is_finished_before_the_next([claim("lapsed", ended_at=NOW)] * rules.MOST_OF_AN_ORDER)


def test_what_went_back_before_cannot_be_claimed_again():
    before = [
        claim("refunded", ended_at=NOW, agreed_fen=3000),
        claim("lapsed", ended_at=NOW),
    ]
    rules.no_more_is_claimed_than_was_paid(13600, before, 10600)
    with pytest.raises(Rejected) as refusal:
        rules.no_more_is_claimed_than_was_paid(13600, before, 10601)
    assert refusal.value.detail == {"left_fen": 10600}


@pytest.mark.parametrize(
    ("who", "disputed_by", "left"),
    [
        ("buyer", "buyer", {"answer"}),
        ("buyer", "seller", {"answer", "statement"}),
        ("seller", "seller", {"reason", "ruling", "tracking"}),
        ("seller", "buyer", {"reason", "ruling", "tracking", "statement"}),
    ],
)
def test_the_words_of_an_erased_party_go_and_the_others_stay(who, disputed_by, left):
    one = claim("dismissed", disputed_by=disputed_by, **WORDS)
    one.erase(who, NOW)
    assert {name for name in WORDS if getattr(one, name)} == left
    assert one.erased == [who]


def test_no_event_says_why():
    one = claim(goods_back=True)
    told = str(one.ask(TERMS)) + str(one.refuse(WORDS["answer"], TERMS, NOW))
    told += str(one.dispute("buyer", WORDS["statement"], TERMS, NOW))
    told += str(one.decide(1, WORDS["ruling"], "officer", TERMS, NOW))
    told += str(one.send_back("carrier", "顺丰速运", WORDS["tracking"], TERMS, NOW))
    assert not [word for word in WORDS.values() if word in told]
