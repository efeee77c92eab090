"""The rules of what a window has verified and what is used again."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from services.affairs.matters.applications import verification_rules as rules
from services.affairs.matters.applications.model import Application
from services.affairs.matters.applications.rules import STANDS
from services.affairs.matters.applications.verified import VALID_DAYS_OF_OTHERS, verified_for
from services.affairs.matters.reusable_papers.model import (
    CASE_OVER,
    LEAVE_WITHDRAWN,
    REMOVED,
    ReusablePaper,
    comes_back,
)
from services.chassis.core.errors import Conflict, DomainError, NotFound, Rejected

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
LATER = NOW + timedelta(days=100)
SENT = {"id": "f1", "material": "户口簿", "round": 0, "added_at": NOW, "looks": [], "state": "kept"}
DAYS = SimpleNamespace(at=LATER, provisional=False)


def case(**more) -> Application:
    asked = ["身份证", "户口簿"]
    told = {"verifiable": ["户口簿"], **more}
    return Application("a", "510183", "r", "m", "n", "o", 10, asked, "王英", "1", [], NOW, LATER, **told)


def paper(**more) -> ReusablePaper:
    made = ReusablePaper(
        "p", "510183", "r", "a0", "戶口簿", "低保", "20", "民政局", NOW, LATER, ["f0"], LATER
    )
    return replace(made, **more)


def refused(act, *given) -> str:
    with pytest.raises(DomainError) as said:
        act(*given)
    assert said.value.message.endswith("。")
    return said.value.code


@pytest.mark.parametrize("state", STANDS)
def test_materials_are_verified_while_the_case_stands(state):
    if state in ("submitted", "materials_missing", "supplemented", "accepted", "decided", "rated"):
        rules.materials_are_verified_while_the_case_stands(state)
    else:
        with pytest.raises(Conflict):
            rules.materials_are_verified_while_the_case_stands(state)


def test_what_was_compared_are_the_files_that_came_for_this_case_and_can_be_opened():
    one = case(files=[SENT, {**SENT, "id": "f2", "state": "checking"}, {**SENT, "id": "f3", "reused": {}}])
    one.files[2]["reused"] = {"paper_id": "p"}
    ((name, told),) = one.verify(2, "c1", LATER, NOW)
    assert (name, set(told) & {"material", "file_id", "official_id"}) == (
        "application.material_verified",
        set(),
    )
    assert one.verified == [
        {"material": "户口簿", "by": "c1", "at": NOW, "valid_until": LATER, "files": ["f1"]}
    ]
    assert refused(one.verify, 2, "c2", LATER, NOW) == "application.verified_already"


def test_only_a_material_of_trust_b_is_verified_and_only_where_it_came():
    assert refused(case().verify, 1, "c1", LATER, NOW) == "application.not_verifiable"
    assert refused(case().verify, 2, "c1", LATER, NOW) == "application.nothing_to_verify"
    only_reused = case(files=[{**SENT, "reused": {"paper_id": "p"}}])
    assert refused(only_reused.verify, 2, "c1", LATER, NOW) == "application.nothing_to_verify"


@pytest.mark.parametrize(
    ("until", "ends", "fits"),
    [
        (NOW, None, True),
        (NOW - timedelta(seconds=1), None, False),
        (LATER, LATER, True),
        (LATER + timedelta(days=1), LATER, False),
        (NOW + timedelta(days=1), NOW - timedelta(days=1), False),
        (NOW + timedelta(days=rules.MOST_DAYS), None, True),
        (NOW + timedelta(days=rules.MOST_DAYS + 2), None, False),
    ],
)
def test_a_verification_ends_in_time_and_never_after_the_paper(until, ends, fits):
    if fits:
        rules.a_verification_ends_in_time(until, ends, NOW)
    else:
        with pytest.raises(Rejected):
            rules.a_verification_ends_in_time(until, ends, NOW)


def test_what_tells_of_the_last_months_holds_for_less():
    assert verified_for("收入证明") < verified_for("某种证明") < verified_for("居民身份证")
    assert verified_for("某种证明").days == VALID_DAYS_OF_OTHERS


def test_a_paper_of_an_earlier_case_comes_as_a_file_that_says_whence():
    one, old = case(), {**SENT, "id": "f0", "looks": [{"by": "c0", "at": NOW}], "round": 2}
    ((name, told),) = one.reuse(paper(), [old], 2, NOW)
    assert (name, told["paper_id"]) == ("application.paper_reused", "p") and "material" not in told
    (shown,) = one.shown_files
    assert shown["reused"]["application_id"] == "a0" and shown["opened_at"] is None and shown["removable"]
    assert one.come_as_files() == {"户口簿"} and one.wanting() == [(1, "身份证")]
    assert one.reuse(paper(), [old], 2, NOW) == [] and len(one.files) == 1
    assert [name for name, _ in one.drop_reused("p")] == ["application.file_removed"] and one.files == []


def test_a_paper_is_used_for_its_own_material_and_within_the_limits():
    assert refused(case().reuse, paper(), [SENT], 1, NOW) == "application.other_material"
    nine = [{**SENT, "id": f"n{at}"} for at in range(9)]
    full = case(files=nine)
    assert refused(full.reuse, paper(), [SENT, SENT], 2, NOW) == "application.material_full"
    assert full.reuse(paper(), [{**SENT, "id": "f0"}], 2, NOW)
    assert refused(case(state="accepted").reuse, paper(), [SENT], 2, NOW) == "application.takes_no_files"


def test_what_was_verified_before_is_asked_for_again_only_with_a_reason_or_once_it_lapsed():
    def asked(note: str, now=NOW):
        one = case()
        one.reuse(paper(), [{**SENT, "id": "f0"}], 2, NOW)
        one.notice_by = now
        missing = [{"name": "身份证", "note": ""}, {"name": "戶口簿", "note": note}]
        return one.notify(missing, "", DAYS, now)

    assert refused(asked, " ") == "application.verified_before"
    assert asked("缺增加家庭成员的一页")
    assert asked("", LATER + timedelta(seconds=1))


def test_a_notice_does_not_miss_what_was_verified_before():
    one = case()
    one.reuse(paper(), [{**SENT, "id": "f0"}], 2, NOW)
    assert one.notify([{"name": "身份证", "note": ""}], "", DAYS, NOW)


def test_a_withdrawn_or_erased_case_has_nothing_verified():
    for end in (lambda one: one.withdraw(NOW), lambda one: one.erase("r", NOW)):
        one = case(files=[SENT])
        one.verify(2, "c1", LATER, NOW)
        end(one)
        assert one.verified == [] and one.files == []


def test_a_paper_ends_once_and_tells_nothing_any_more():
    one = paper(used=[{"application_id": "a1", "matter_name": "n", "at": NOW}])
    ((_, told),) = one.end(REMOVED, NOW)
    assert (told["state"], told["why"]) == ("ended", REMOVED)
    assert (one.material, one.matter_name, one.files, one.used) == ("", "", [], [])
    assert one.end(LEAVE_WITHDRAWN, NOW) == [] and one.why == REMOVED
    with pytest.raises(NotFound):
        one.note_use("a2", "n", NOW)


def test_only_leave_that_is_given_again_brings_a_paper_back():
    assert [comes_back(why) for why in (LEAVE_WITHDRAWN, REMOVED, CASE_OVER)] == [True, False, False]


def test_a_case_is_told_once_among_the_uses():
    one = paper()
    one.note_use("a1", "n", NOW)
    one.note_use("a1", "n", LATER)
    assert one.used == [{"application_id": "a1", "matter_name": "n", "at": LATER}]
