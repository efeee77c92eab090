"""The rules of the party's members."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from services.chassis.core.errors import Conflict, NotFound, Rejected
from services.identity.people.party import model

NOW = datetime(2026, 11, 22, tzinfo=UTC)
UNIT = model.Unit("u1", "510183103204", "第一党支部", NOW)
OTHER = model.Unit("u2", "510183103", "镇机关党支部", NOW)


def member() -> model.PartyMember:
    return model.PartyMember("r1", UNIT.region, "u1", "official", NOW - timedelta(days=400))


def test_a_unit_is_told_by_its_id_and_a_member_not_at_all():
    assert UNIT.found() == [("party_unit.founded", {"unit_id": "u1"})]


def test_the_latest_contact_counts_whenever_it_is_told():
    one = member()
    one.contact("visit", NOW - timedelta(days=2), "a", NOW)
    one.contact("phone", NOW - timedelta(days=9), "b", NOW)
    assert (one.last_contact_at, one.last_contact_by, one.last_contact_way) == (
        NOW - timedelta(days=2),
        "a",
        "visit",
    )


def test_nobody_was_contacted_tomorrow():
    one = member()
    with pytest.raises(Rejected, match="contact_in_the_future"):
        one.contact("visit", NOW + timedelta(days=1), "a", NOW)
    one.contact("visit", NOW + timedelta(minutes=2), "a", NOW)


def test_whoever_was_never_contacted_is_silent_since_the_entry_and_after_a_new_entry_since_that():
    one = member()
    assert one.silent_since == one.entered_at
    one.contact("visit", NOW - timedelta(days=2), "a", NOW)
    assert one.silent_since == NOW - timedelta(days=2)
    one.leave()
    one.enter_again(OTHER, "official", NOW)
    assert (one.silent_since, one.unit_id, one.region) == (NOW, "u2", OTHER.region)


def test_a_floating_member_keeps_the_day_of_leaving_until_back():
    one = member()
    one.float("广东省东莞市", NOW)
    one.float("广东省东莞市", NOW + timedelta(days=9))
    assert one.floating_since == NOW
    one.float(None, NOW + timedelta(days=9))
    assert (one.floating_to, one.floating_since) == (None, None)


def test_a_transfer_keeps_the_contacts():
    one = member()
    one.contact("visit", NOW, "a", NOW)
    one.transfer(OTHER)
    assert (one.unit_id, one.region, one.last_contact_at) == ("u2", OTHER.region, NOW)


def test_of_who_left_neither_places_nor_contacts_are_kept():
    one = member()
    one.float("广东省东莞市", NOW)
    one.contact("visit", NOW, "a", NOW)
    one.leave()
    assert not one.active
    assert {
        one.floating_to,
        one.floating_since,
        one.last_contact_at,
        one.last_contact_by,
        one.last_contact_way,
    } == {None}


def test_a_member_is_not_entered_again():
    with pytest.raises(Conflict, match="entered_already"):
        member().enter_again(OTHER, "official", NOW)


def test_a_unit_enters_certified_residents_of_its_own_region():
    here, waiting = (
        SimpleNamespace(region=UNIT.region, certified=True),
        SimpleNamespace(region="5", certified=False),
    )
    model.only_residents_of_the_units_region_are_members([here], OTHER.region)
    for found in ([], [waiting]):
        with pytest.raises(NotFound, match="person_not_found"):
            model.only_residents_of_the_units_region_are_members(found, UNIT.region)
    with pytest.raises(Rejected, match="person_not_certified"):
        model.only_certified_residents_are_members([waiting])


def test_a_part_of_nothing_has_no_percentage():
    assert (model.percent(1, 0), model.percent(1, 8)) == (None, 12.5)
