"""What follows a rejection, and a village that takes too long."""

from datetime import UTC, datetime, timedelta

import pytest

from services.chassis.core.errors import Conflict, Forbidden, Rejected
from services.civic.settings import CivicSettings
from services.identity.people.residents.terms import ResidentTerms
from tests.unit.identity.people.test_resident_rules import NOW, resident

END = NOW + timedelta(days=60)


def rejected(**changes):
    her = resident(**changes)
    her.reject("village official", "户口不在本村", END, NOW)
    return her


def appealed():
    her = rejected()
    her.appeal_to_town("我的户口一直在本村", NOW)
    return her


def test_the_town_that_overturns_certifies():
    her = appealed()
    events = her.overturn("town official", "户口簿属实", NOW)
    assert (her.state, her.assurance, her.decided_by) == ("certified", 1, "town official")
    assert events == [
        ("resident.certified", {"resident_id": "r1", "state": "certified", "edition": "", "assurance": 1})
    ]
    assert her.appeal_with_words["answer"] == "户口簿属实"


def test_the_town_that_upholds_leaves_the_second_try_but_no_second_appeal():
    her = appealed()
    events = her.uphold("town official", "户口确不在本村", NOW)
    assert events == [
        ("resident.rejection_upheld", {"resident_id": "r1", "state": "rejected", "edition": ""})
    ]
    with pytest.raises(Conflict, match="申诉"):
        her.appeal_to_town("再申诉一次", NOW)
    her.try_again({"region": "510183103203"}, END)
    assert (her.state, her.region, her.reason, her.appeal) == ("pending", "510183103203", None, None)


def test_neither_reason_nor_answer_of_an_appeal_is_told_in_an_event():
    her = rejected()
    told = her.appeal_to_town("我的理由", NOW) + her.uphold("town official", "镇上的答复", NOW)
    assert "我的理由" not in str(told) and "镇上的答复" not in str(told)


def test_an_appeal_comes_until_the_last_second_of_its_time_and_not_later():
    rejected().appeal_to_town("理由", END)
    with pytest.raises(Rejected, match="期限"):
        rejected().appeal_to_town("理由", END + timedelta(seconds=1))


def test_nobody_decides_on_an_appeal_against_the_own_decision():
    for decide in ("uphold", "overturn"):
        with pytest.raises(Forbidden):
            getattr(appealed(), decide)("village official", "答复", NOW)


@pytest.mark.parametrize("state", ["pending", "certified", "appealed"])
def test_only_a_rejected_resident_appeals_or_tries_again(state):
    with pytest.raises(Conflict):
        resident(state=state).appeal_to_town("理由", NOW)
    with pytest.raises(Conflict):
        resident(state=state).try_again({}, END)


@pytest.mark.parametrize("state", ["pending", "certified", "rejected"])
def test_only_an_open_appeal_is_decided(state):
    for decide in ("uphold", "overturn"):
        with pytest.raises(Conflict):
            getattr(resident(state=state), decide)("town official", "答复", NOW)


def test_while_the_town_decides_the_village_does_not():
    with pytest.raises(Conflict):
        appealed().certify("village official", NOW)


def test_a_village_that_takes_too_long_loses_its_turn_once():
    her = resident(decide_by=END)
    assert her.escalate(END - timedelta(seconds=1)) == []
    assert her.escalate(END) == [
        ("resident.escalated", {"resident_id": "r1", "state": "pending", "edition": ""})
    ]
    assert her.escalate(END) == [] and her.due is None
    assert her.certify("town official", END)


@pytest.mark.parametrize("state", ["certified", "rejected", "appealed"])
def test_who_does_not_wait_is_not_escalated(state):
    assert resident(state=state, decide_by=NOW).escalate(END) == []


def test_who_tries_again_waits_the_whole_time_again():
    her = rejected(decide_by=NOW, escalated_at=NOW)
    her.try_again({}, END)
    assert her.due == END


def test_the_village_has_working_days_and_an_appeal_days_of_the_calendar():
    terms = ResidentTerms.from_platform(None, CivicSettings())
    before_the_holiday = datetime(2026, 9, 30, 1, tzinfo=UTC)
    assert terms.decide_by(before_the_holiday) == datetime(2026, 10, 13, 15, 59, 59, tzinfo=UTC)
    assert terms.appeal_by(before_the_holiday) == datetime(2026, 11, 29, 15, 59, 59, tzinfo=UTC)


def test_who_has_appealed_is_told_to_wait_at_every_door():
    for ask in (lambda her: her.appeal_to_town("再申诉一次", NOW), lambda her: her.try_again({}, END)):
        with pytest.raises(Conflict, match="正在办理，请等待答复") as refused:
            ask(appealed())
        assert refused.value.code == "resident.appeal_open"


def test_who_was_not_rejected_is_not_sent_to_try_again():
    with pytest.raises(Conflict, match="认证没有通过的，可以") as refused:
        resident().appeal_to_town("理由", NOW)
    assert refused.value.code == "resident.nothing_to_appeal"
