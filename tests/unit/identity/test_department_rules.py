"""A department hears what it was granted, where it was granted, and nothing else."""

from datetime import UTC, datetime

import pytest

from services.chassis.actor import Role
from services.chassis.errors import Conflict, Forbidden
from services.identity.departments.model import Department, a_grant_stays_inside_the_granting_officers_region

TOWN = "510183103"


def department(*events, region=TOWN, state="connected"):
    return Department(
        "d", region, "统计局", "p", "l", list(events), "o", datetime(2026, 1, 1, tzinfo=UTC), state
    )


@pytest.mark.parametrize(
    ("pattern", "name", "covered"),
    [
        ("#", "market.order.paid", True),
        ("market.*.*", "market.order.paid", True),
        ("market.order.*", "market.order.paid", True),
        ("market.order.paid", "market.order.paid", True),
        ("*.order.paid", "market.order.paid", True),
        ("market.order.paid", "market.order.placed", False),
        ("market.listing.*", "market.order.paid", False),
        ("affairs.*.*", "market.order.paid", False),
    ],
)
def test_a_pattern_covers_the_events_that_it_names(pattern, name, covered):
    assert department(pattern).covers(name, "510183103204") is covered


@pytest.mark.parametrize(
    ("region", "covered"), [(TOWN, True), ("510183103204", True), ("510183", False), ("510183104", False)]
)
def test_events_outside_the_granted_region_are_not_covered(region, covered):
    assert department("#").covers("market.order.paid", region) is covered


def test_a_subscription_is_connected_once_and_never_after_its_end():
    new = department("#", state="granted")
    assert [name for name, _ in new.connect()] == ["department.connected"]
    assert new.connect() == []
    new.revoke()
    assert new.connect() == [] and new.state == "revoked"
    with pytest.raises(Conflict):
        new.revoke()


def test_a_data_officer_grants_inside_the_own_county_only():
    a_grant_stays_inside_the_granting_officers_region([Role("data_officer", "510183")], TOWN)
    with pytest.raises(Forbidden):
        a_grant_stays_inside_the_granting_officers_region([Role("data_officer", "510183")], "510184")
