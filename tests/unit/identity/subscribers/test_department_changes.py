"""A grant that lives is changed in place: narrower at once, wider or longer by a decision."""

from datetime import UTC, datetime, timedelta

import pytest

from services.chassis.core.errors import Conflict, Rejected
from services.identity.subscribers.departments import changes
from tests.unit.identity.subscribers.test_department_rules import NAME, TOWN, department, granted

NOW = datetime(2026, 11, 21, tzinfo=UTC)
LATER = NOW + timedelta(days=2)


def to(one, **asked):
    return changes.wanted(one, {"events": None, "region": None, "personal_fields": None, **asked})


def test_a_department_narrows_its_own_grant_at_once_and_loses_the_fields_of_what_it_leaves():
    one = granted("identity.resident.*", "market.order.paid", personal_fields=[NAME])
    told = changes.narrow(one, to(one, events=["market.order.paid"], region="510183103204"), "2019", NOW)
    assert told == [("department.changed", {"department_id": "d"})]
    assert (one.events, one.region, one.personal_fields) == (["market.order.paid"], "510183103204", [])


@pytest.mark.parametrize("wider", [{"events": ["#"]}, {"region": "510183"}, {"personal_fields": [NAME]}])
def test_nothing_becomes_wider_without_a_decision(wider):
    one = granted("identity.resident.certified")
    with pytest.raises(Rejected):
        changes.narrow(one, to(one, **wider), "2019", NOW)
    changes.ask_for(one, to(one, **wider), "需要更多", "2019", NOW)
    assert (one.events, one.region, one.personal_fields) == (["identity.resident.certified"], TOWN, [])


def test_what_was_asked_is_granted_from_now_on_and_keeps_its_beginning():
    one = granted("market.order.paid")
    changes.ask_for(one, to(one, events=["market.*.*"], region="510183"), "业务扩大", "2019", NOW)
    changes.grant_change(one, 30, "officer", "2019", NOW, None, 0)
    assert (one.events, one.region, one.expires_at) == (["market.*.*"], "510183", NOW + timedelta(days=30))
    assert (one.change["state"], one.starts_after, one.granted_from) == ("granted", 7, NOW)
    changes.ask_for(one, to(one), "续期", "2019", NOW)
    changes.grant_change(one, 30, "officer", "2019", NOW, NOW - timedelta(days=1), 3)
    assert (one.starts_after, one.granted_from) == (3, NOW - timedelta(days=1))


def test_a_refused_change_leaves_what_was_granted():
    one = granted("market.order.paid")
    changes.ask_for(one, to(one, events=["#"]), "需要全部", "2019", NOW)
    changes.refuse_change(one, "理由不足", "officer", NOW)
    assert (one.events, one.change["answer"], one.state) == (["market.order.paid"], "理由不足", "connected")
    with pytest.raises(Conflict):
        changes.grant_change(one, 30, "officer", "2019", NOW, None, 0)


def test_only_a_grant_that_lives_is_changed_and_only_in_its_county():
    for one, now in ((department(), NOW), (granted(), LATER)):
        with pytest.raises(Conflict):
            changes.ask_for(one, to(one), "续期续期", "2019", now)
        with pytest.raises(Conflict):
            changes.narrow(one, to(one), "2019", now)
    one = granted()
    with pytest.raises(Rejected):
        changes.ask_for(one, to(one, region="510184"), "别的县", "2019", NOW)
    changes.ask_for(one, to(one), "续期续期", "2019", NOW)
    with pytest.raises(Conflict):
        changes.grant_change(one, 30, "officer", "2019", LATER, None, 0)


def test_a_region_is_changed_only_where_its_code_means_what_it_meant_when_it_was_granted():
    one, inner = granted(edition="2019"), "510183103218"
    for change in (
        lambda: changes.narrow(one, to(one, region=inner), "2020", NOW),
        lambda: changes.ask_for(one, to(one, region=inner), "改为一村", "2020", NOW),
    ):
        with pytest.raises(Rejected) as refused:
            change()
        assert refused.value.code == "department.other_edition"
    changes.ask_for(one, to(one, region=inner), "改为一村", "2019", NOW)
    with pytest.raises(Rejected):
        changes.grant_change(one, 30, "officer", "2020", NOW, None, 0)
    assert (one.region, one.edition, one.change["state"]) == (TOWN, "2019", "asked")
    changes.ask_for(one, to(one), "续期续期", "2020", NOW)
    changes.grant_change(one, 30, "officer", "2020", NOW, None, 0)
    assert (one.region, one.edition, one.change["state"]) == (TOWN, "2019", "granted")


def test_a_county_is_the_same_in_every_edition_and_what_is_taken_of_it_is_read_in_the_present_one():
    one = granted(region="510183", edition="2019")
    changes.narrow(one, to(one, region=TOWN), "2020", NOW)
    assert (one.region, one.edition) == (TOWN, "2020")
    asked = department(region="510183", edition="2019")
    asked.grant(["#"], TOWN, [], 1, "officer", NOW, edition="2020")
    assert (asked.region, asked.edition) == (TOWN, "2020")
    kept = department(edition="2019")
    kept.grant(["#"], TOWN, [], 1, "officer", NOW, edition="2020")
    assert (kept.region, kept.edition) == (TOWN, "2019")
