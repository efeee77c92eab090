"""Results on paper: what is issued of which decision, in which states what can be done, and what stands on the paper."""

from datetime import UTC, datetime, timedelta

import pytest

from services.affairs.matters.results import rules
from services.affairs.matters.results.limits import network_of
from services.affairs.matters.results.model import Result
from services.affairs.matters.results.verification_shapes import CheckPaperNumber
from services.affairs.matters.results.wording import (
    PLAIN_KIND,
    as_compared,
    check_of,
    in_words,
    number_of,
    title_of,
)
from services.chassis.core.errors import Conflict, DomainError, Rejected
from services.civic.readable_codes import CHARACTERS

NOW = datetime(2026, 12, 2, 2, 0, tzinfo=UTC)
HOME = {"recipient": "王秀英", "phone": "13800000013", "address": "大同镇某村 3 组 12 号"}


def result(state="issued", **more) -> Result:
    told = {
        "id": "e1",
        "region": "510183103204",
        "applicant_id": "r1",
        "application_id": "a1",
        "matter_id": "m1",
        "matter_name": "80周岁以上老年人高龄津贴发放",
        "matter_kind": "20",
        "office": "邛崃市民政局",
        "kind": PLAIN_KIND,
        "holder_name": "王秀英",
        "submitted_at": NOW - timedelta(days=9),
        "decided_at": NOW - timedelta(days=1),
        "series": "510183",
        "year": 2026,
        "numbered_at": NOW,
        "issued_by": "c1",
        "token": "t" * 43,
        "token_hash": "h",
        "check_hash": "h",
        "due": NOW + timedelta(minutes=2),
        "state": state,
    }
    made = Result(**{**told, **more})
    made.take_number(12)
    return made


# What is issued


@pytest.mark.parametrize(
    "state", ["submitted", "materials_missing", "supplemented", "accepted", "withdrawn", "lapsed", "declined"]
)
def test_what_is_not_decided_has_no_result(state):
    with pytest.raises(Conflict, match=r"result\.not_decided"):
        rules.only_what_was_granted_has_a_result(state, None, False)


def test_what_was_refused_has_no_result_and_what_was_granted_has_one_also_after_it_was_rated():
    with pytest.raises(Conflict, match=r"result\.not_granted"):
        rules.only_what_was_granted_has_a_result("decided", "refused", False)
    for state in ("decided", "rated"):
        rules.only_what_was_granted_has_a_result(state, "granted", False)


def test_who_has_no_account_any_more_is_given_a_paper_at_the_window():
    with pytest.raises(Conflict, match=r"result\.applicant_gone"):
        rules.only_what_was_granted_has_a_result("decided", "granted", True)


# Every act in every state

ACTS = {
    "choose": lambda one: one.choose_delivery("pick_up", None),
    "hand": lambda one: one.hand_over("c1", "", NOW),
    "revoke": lambda one: one.revoke("c1", "写错了名字", NOW),
}
REFUSED = {"making": "result.still_making", "revoked": "result.revoked_already"}


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("state", ["making", "issued", "revoked"])
def test_only_what_is_issued_is_delivered_handed_over_and_revoked(state, act):
    one = result(state, delivery="print")
    if state == "issued":
        assert ACTS[act](one)
        return
    before = vars(one).copy()
    with pytest.raises(Conflict, match=REFUSED[state]):
        ACTS[act](one)
    assert vars(one) == before


def test_what_is_handed_over_goes_nowhere_else_and_is_not_handed_over_again():
    one = result(delivery="pick_up")
    one.hand_over("c1", "", NOW)
    for act in ("choose", "hand"):
        with pytest.raises(Conflict, match=r"result\.handed_over_already"):
            ACTS[act](one)
    assert one.revoke("c1", "写错了名字", NOW)


def test_what_comes_by_the_page_alone_is_not_handed_over():
    with pytest.raises(Conflict, match=r"result\.nothing_to_hand_over"):
        result().hand_over("c1", "", NOW)


def test_a_letter_has_an_address_and_nothing_else_has_one():
    with pytest.raises(Rejected, match=r"result\.address_needed"):
        result().choose_delivery("post", None)
    with pytest.raises(Rejected, match=r"result\.address_not_needed"):
        result().choose_delivery("print", HOME)
    posted = result()
    posted.choose_delivery("post", HOME)
    assert posted.address == HOME and posted.awaits
    posted.choose_delivery("page", None)
    assert posted.address is None and not posted.awaits


def test_its_events_name_neither_person_nor_words():
    one = result(delivery="post", address=HOME, more="每月 100 元", reason="")
    told = [*one.hand_over("c1", "EMS 1", NOW), *one.revoke("c1", "写错了名字", NOW)]
    said = str(told)
    for secret in ("王秀英", "大同镇", "EMS", "写错", "100 元", one.token):
        assert secret not in said


def test_an_erased_one_tells_whether_a_paper_is_true_and_of_nobody():
    one = result(address=HOME, delivery="post", more="x", handed_note="y", reason="z", file_id="f1")
    one.erase("r1", NOW)
    assert (one.holder_name, one.more, one.token, one.handed_note, one.reason) == ("",) * 5
    assert one.address is None and one.file_id == "" and one.erased
    assert one.number and one.token_hash and one.shown_name == "" and one.verify_path == ""


# What stands on it


def test_a_number_is_written_as_offices_write_it():
    assert result().number == number_of("邛崃市民政局", 2026, 12) == "邛崃市民政局〔2026〕12号"


def test_a_day_is_the_day_in_china():
    assert in_words(datetime(2026, 12, 31, 17, 0, tzinfo=UTC)) == "2027年1月1日"


def test_the_title_is_what_the_version_says_of_its_result_where_that_is_a_title():
    assert title_of("高龄津贴领取证") == "高龄津贴领取证"
    assert title_of("") == title_of("一" * 41) == title_of("证\n书") == PLAIN_KIND


def test_the_letter_says_what_was_asked_and_granted_what_the_office_adds_and_what_it_replaces():
    one = result(
        matter_kind="5", more="每月 100 元。\n\n从 2027 年 1 月起发放。", replaces="邛崃市民政局〔2026〕3号"
    )
    first, *added, instead, remedies = one.wording.paragraphs(one.submitted_at, one.decided_at)
    assert "80周岁以上老年人高龄津贴发放" in first and "决定给予" in first and "2026年12月1日" in first
    assert added == ["每月 100 元。", "从 2027 年 1 月起发放。"]
    assert "代替邛崃市民政局〔2026〕3号" in instead
    assert "六十日" in remedies and "六个月" in remedies and "复核不影响" in remedies


def test_the_check_is_eight_characters_that_nobody_confuses_and_another_token_has_another():
    checks = {check_of(f"token {number}") for number in range(200)}
    assert len(checks) == 200
    assert all(len(one) == 8 and set(one) <= set(CHARACTERS) for one in checks)
    assert not set("01IO") & set(CHARACTERS)


# What people copy from paper


@pytest.mark.parametrize(
    "typed",
    [
        "邛崃市民政局〔2026〕12号",
        " 邛崃市民政局 [2026] 12 号 ",
        "邛崃市民政局（２０２６）第１２号",
        "邛崃市民政局【2026】12号",
        "邛崃市民政局\u200b〔2026〕12号",
    ],
)
def test_a_number_is_found_however_its_brackets_and_digits_are_typed(typed):
    loaded = CheckPaperNumber().load({"number": typed, "check": " abcd-2345 "})
    assert loaded == {"number": "邛崃市民政局〔2026〕12号", "check": "ABCD2345"}


def test_a_network_is_24_bits_of_ipv4_and_48_of_ipv6():
    assert network_of("203.0.113.77") == network_of("::ffff:203.0.113.1") == "203.0.113.0/24"
    assert network_of("2001:db8:1:2::3") == "2001:db8:1::/48"
    assert network_of("") == "unknown"


def test_every_refusal_says_what_to_do():
    for refused in (rules.only_one_result_stands(), rules.only_what_is_ours()):
        assert isinstance(refused, DomainError) and "请" in refused.message


@pytest.mark.parametrize(
    ("office", "typed"),
    [
        ("临邛街道办事处（便民服务中心）", "临邛街道办事处(便民服务中心)[2026]第3号"),
        ("邛崃市第一中学", "邛崃市第一中学 〔2026〕 3 号"),
        ("邛崃市第一中学", "邛崃市第一中学（２０２６）第３号"),
    ],
)
def test_the_brackets_and_the_ordinal_of_an_offices_own_name_hide_no_number(office, typed):
    asked = CheckPaperNumber().load({"number": typed, "check": "ABCD2345"})["number"]
    assert asked == as_compared(number_of(office, 2026, 3))
    assert asked != as_compared(number_of("邛崃市一中学", 2026, 3))
