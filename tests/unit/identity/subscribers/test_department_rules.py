"""A department hears what it asked for and was granted, while it is granted, and nothing else."""

from datetime import UTC, datetime, timedelta

import pytest

from services.chassis.core.errors import Conflict, Forbidden, Rejected, TooMany
from services.chassis.rpc.complaints import without_values
from services.identity.subscribers.departments import changes
from services.identity.subscribers.departments.catalogue import EventCatalogue
from services.identity.subscribers.departments.contract import ApplyForSubscription, DepartmentRow
from services.identity.subscribers.departments.contract import Department as DepartmentAnswer
from services.identity.subscribers.departments.model import (
    Department,
)
from services.identity.subscribers.departments.rules import (
    every_pattern_matches_an_event,
    only_so_many_apply_from_one_network,
    personal_fields_belong_to_the_events,
)
from services.identity.subscribers.departments.usecases import whole
from services.identity.subscribers.feed.contract import INNER
from services.identity.subscribers.patterns import is_part_of, names_covered

TOWN = "510183103"
NOW = datetime(2026, 11, 21, tzinfo=UTC)
NOTHING = {"events": None, "region": None, "personal_fields": None}
NAME = "identity.resident.certified:resident_name"


def department(*events, region=TOWN, personal_fields=(), **changes):
    values = {
        "name": "统计局",
        "contact": "联系人",
        "purpose": "p",
        "legal_ground": "l",
        "delivery": "stream",
    }
    values |= {"password_hash": "h", "applied_at": NOW, **changes}
    return Department(
        "d", region, events=list(events or ["#"]), personal_fields=list(personal_fields), **values
    )


def granted(*events, days=1, **changes):
    one = department(*events, **changes)
    one.grant(one.events, one.region, one.personal_fields, days, "officer", NOW, after=7)
    one.confirm(True, "phone", "officer", NOW)
    one.connect(head=9)
    return one


@pytest.mark.parametrize(
    ("pattern", "whole", "part"),
    [
        ("market.order.paid", "#", True),
        ("market.order.paid", "market.*.*", True),
        ("market.order.paid", "market.order.*", True),
        ("market.order.*", "market.*.*", True),
        ("market.order.*", "market.order.paid", False),
        ("market.*.paid", "market.order.*", False),
        ("#", "market.*.*", False),
        ("#", "#", True),
        ("affairs.matter.changed", "market.*.*", False),
    ],
)
def test_a_pattern_is_part_of_another_when_all_it_covers_is_covered(pattern, whole, part):
    assert is_part_of(pattern, whole) is part


def test_patterns_cover_the_declared_names_that_fit_them():
    names = ["affairs.matter.changed", "market.order.paid", "market.listing.offered"]
    assert names_covered(["market.order.*", "affairs.*.*"], names) == names[:2]


@pytest.mark.parametrize(
    "wider",
    [
        {"events": ["#"]},
        {"events": ["market.*.*", "affairs.matter.changed"]},
        {"region": "510183"},
        {"region": "510183104"},
        {"personal_fields": ["identity.resident.certified:resident_phone"]},
    ],
)
def test_nothing_is_granted_that_was_not_asked(wider):
    one = department("market.*.*", personal_fields=[NAME])
    asked = {"events": ["market.order.*"], "region": TOWN, "personal_fields": [], **wider}
    with pytest.raises(Rejected):
        one.grant(**asked, days=1, official="officer", now=NOW)
    assert one.state == "applied" and one.events == ["market.*.*"]


def test_a_grant_may_be_narrower_than_what_was_asked():
    one = department("market.*.*", personal_fields=[NAME])
    one.grant(["market.order.paid"], "510183103204", [], 30, "officer", NOW)
    assert (one.events, one.region, one.personal_fields) == (["market.order.paid"], "510183103204", [])
    assert one.expires_at == NOW + timedelta(days=30)


def test_an_application_is_decided_once():
    refused = department()
    refused.refuse("用途不明确", "officer", NOW)
    for decided in (refused, granted()):
        with pytest.raises(Conflict):
            decided.refuse("再次", "officer", NOW)
        with pytest.raises(Conflict):
            decided.grant(["#"], TOWN, [], 1, "officer", NOW)


def test_a_grant_begins_with_its_decision_unless_the_history_was_asked_for_or_the_officer_says_when():
    assert (granted().starts_after, granted().granted_from) == (7, NOW)
    assert granted(history=True).granted_from is None
    told = department()
    told.grant(["#"], TOWN, [], 1, "officer", NOW, 3, NOW - timedelta(days=9))
    told.confirm(True, "phone", "officer", NOW)
    told.connect(head=9)
    assert (told.starts_after, told.granted_from) == (3, NOW - timedelta(days=9))
    with pytest.raises(Rejected):
        department().grant(["#"], TOWN, [], 1, "officer", NOW, 3, NOW + timedelta(days=1))


def test_a_grant_of_an_earlier_version_that_was_not_yet_connected_begins_when_it_is():
    one = department(state="granted", decided_at=NOW, expires_at=NOW + timedelta(days=1))
    one.confirm(True, "phone", "officer", NOW)
    one.connect(head=9)
    assert (one.starts_after, one.granted_from) == (9, NOW)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({}, "department.never_granted"),
        ({"state": "refused", "reason": "用途不明确"}, "department.never_granted"),
        ({"state": "revoked", "reason": "用途改变"}, "department.grant_revoked"),
        ({"state": "expired", "expires_at": NOW}, "department.grant_expired"),
        ({"state": "connected", "expires_at": NOW}, "department.grant_expired"),
    ],
)
def test_who_has_no_living_grant_is_told_which_of_them_it_is_and_why(changes, code):
    with pytest.raises(Forbidden) as told:
        department(**changes).must_receive(NOW)
    assert (told.value.code, told.value.detail.get("reason")) == (code, changes.get("reason"))


def test_nobody_is_an_office_by_saying_so():
    one = department()
    one.grant(["#"], TOWN, [], 1, "officer", NOW)
    assert one.connect(head=1) == [] and one.state == "granted"
    with pytest.raises(Forbidden) as told:
        one.must_receive(NOW)
    assert told.value.code == "department.not_confirmed"
    with pytest.raises(Rejected):
        one.confirm(False, "phone", "officer", NOW)
    assert one.connect(head=1) == []
    one.confirm(True, "paper", "officer", NOW)
    assert (one.confirmed_by, one.confirmed_way) == ("officer", "paper")
    with pytest.raises(Conflict):
        one.must_receive(NOW)
    assert [name for name, _ in one.connect(head=1)] == ["department.connected"]
    with pytest.raises(Conflict):
        one.confirm(True, "phone", "officer", NOW)


def test_an_office_may_be_confirmed_before_it_is_decided_and_not_once_it_is_refused():
    one = department()
    one.confirm(True, "phone", "officer", NOW)
    one.grant(["#"], TOWN, [], 1, "officer", NOW)
    assert [name for name, _ in one.connect(head=1)] == ["department.connected"]
    refused = department()
    refused.refuse("用途不明确", "officer", NOW)
    with pytest.raises(Conflict):
        refused.confirm(True, "phone", "officer", NOW)


def test_the_end_of_a_month_is_announced_halfway_and_not_the_moment_it_is_granted():
    one = granted(days=30)
    assert one.announce_end(NOW + timedelta(days=14)) == []
    assert one.announce_end(NOW + timedelta(days=15)) != []
    changes.ask_for(one, changes.wanted(one, NOTHING), "续期续期", "2019", NOW + timedelta(days=15))
    changes.grant_change(one, 20, "officer", "2019", NOW + timedelta(days=15), None, 0)
    assert one.announce_end(NOW + timedelta(days=24)) == []
    assert one.announce_end(NOW + timedelta(days=25)) != []


def test_an_end_is_announced_once_and_again_when_it_was_put_off():
    one = granted(days=100)
    assert one.announce_end(NOW + timedelta(days=69)) == []
    soon = NOW + timedelta(days=70)
    ((name, data),) = one.announce_end(soon)
    assert (name, data["expires_at"]) == ("department.end_announced", one.expires_at.isoformat())
    assert one.announce_end(soon) == []
    changes.ask_for(one, changes.wanted(one, NOTHING), "续期续期", "2019", soon)
    changes.grant_change(one, 40, "officer", "2019", soon, None, 0)
    assert one.announce_end(soon) == []
    assert one.announce_end(soon + timedelta(days=10)) != []
    assert one.announce_end(one.expires_at) == []


def test_applications_of_one_network_are_limited():
    only_so_many_apply_from_one_network(None, NOW)
    with pytest.raises(TooMany) as told:
        only_so_many_apply_from_one_network(NOW + timedelta(seconds=90), NOW)
    assert told.value.detail["retry_after"] == 90


def test_who_is_connected_is_not_told_to_wait():
    granted().must_receive(NOW)


def test_no_wildcard_covers_what_the_platform_keeps_itself_running_with():
    catalogue = EventCatalogue()
    for pattern in ("#", "identity.*.*", "identity.session.*"):
        assert "identity.session.ended" not in catalogue.covered([pattern])
    assert catalogue.coverage(["identity.session.ended"])[0]["events"] == []
    assert catalogue.covered(["identity.session.ended"]) == ["identity.session.ended"], "a grant keeps it"
    assert catalogue.inner.isdisjoint(one["name"] for one in catalogue.types)


@pytest.mark.parametrize("pattern", INNER)
def test_every_inner_event_is_declared(pattern):
    assert names_covered([pattern], sorted(EventCatalogue().inner))


def test_a_pattern_that_no_event_fits_is_named():
    coverage = EventCatalogue().coverage(["market.order.paid", "market.orders.*"])
    assert coverage[0] == {"pattern": "market.order.paid", "events": ["market.order.paid"]}
    with pytest.raises(Rejected) as told:
        every_pattern_matches_an_event(coverage)
    assert "market.orders.*" in told.value.message and "market.order.paid" not in told.value.message


def test_a_grant_receives_only_while_it_lives():
    one = granted(days=1)
    assert one.receives(NOW) and not one.receives(NOW + timedelta(days=1))
    assert one.expire(NOW) == []
    assert [name for name, _ in one.expire(NOW + timedelta(days=1))] == ["department.expired"]
    assert not one.receives(NOW) and one.connect(head=9) == []
    with pytest.raises(Conflict):
        one.revoke("已到期")


def test_a_revoked_grant_receives_nothing():
    one = granted()
    assert [name for name, _ in one.revoke("用途改变")] == ["department.revoked"]
    assert not one.receives(NOW)


def test_only_personal_fields_of_the_asked_events_can_be_asked_for():
    known = EventCatalogue().personal
    assert NAME in known
    personal_fields_belong_to_the_events(["identity.resident.*"], [NAME], known)
    for events, fields in ((["market.*.*"], [NAME]), (["#"], ["identity.resident.certified:id_number"])):
        with pytest.raises(Rejected):
            personal_fields_belong_to_the_events(events, fields, known)


def test_the_catalogue_names_every_event_with_the_privacy_of_every_field():
    types = EventCatalogue().types
    assert len(types) > 30
    assert all(field["privacy"] in ("public", "personal") for one in types for field in one["fields"])


@pytest.mark.parametrize("sent", [{"delivery": "webhook"}, {"webhook_url": "https://dept.example/hook"}])
def test_a_webhook_without_an_address_is_told_what_lacks(sent):
    """The sentence must not hold what was sent, or a vague one would stand in its place."""
    usual = {"name": "统计局", "contact": "周明", "events": ["#"], "region": TOWN}
    asked = {**usual, "purpose": "年度统计", "legal_ground": "统计法第十一条", **sent}
    told = without_values(ApplyForSubscription().validate(asked), asked)
    assert told == {"webhook_url": ["按网址推送须填写推送网址，其他接收方式请留空。"]}


@pytest.mark.parametrize("history", [True, False])
def test_the_officer_sees_before_the_decision_whether_the_past_is_asked_for(history):
    for shape in (DepartmentRow, DepartmentAnswer):
        told = shape().dump(whole(department(history=history)))
        assert (told["history"], told["from"], told["expires_at"]) == (history, None, None)
    assert granted(history=history).granted_from == (None if history else NOW)
