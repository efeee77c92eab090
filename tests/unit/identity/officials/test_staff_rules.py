"""Nobody grants outside the own region or above the own level."""

from datetime import UTC, datetime

import pytest

from services.chassis.core.actor import Role
from services.chassis.core.errors import Conflict, Forbidden, Rejected
from services.identity.officials.staff import contract, model

COUNTY, TOWN, OTHER_TOWN, VILLAGE = "510183", "510183103", "510183104", "510183103204"
COUNTY_CHIEF = [Role("county_administrator", COUNTY)]
TOWN_CHIEF = [Role("town_administrator", TOWN)]


def official(**changes):
    values = {"id": "o1", "region": TOWN, "login": "a", "name": "n", "role": "clerk", "password_hash": "p"}
    return model.Official(
        **values, appointed_by="x", appointed_at=datetime(2026, 1, 1, tzinfo=UTC), **changes
    )


@pytest.mark.parametrize("role", contract.ROLES)
def test_a_county_administrator_grants_every_role_in_the_county(role):
    model.nobody_grants_outside_their_region_or_above_their_level(COUNTY_CHIEF, role, COUNTY)


@pytest.mark.parametrize(
    ("role", "region"),
    [
        ("county_administrator", TOWN),
        ("town_administrator", TOWN),
        ("discipline_officer", TOWN),
        ("village_administrator", "510183104201"),
        ("clerk", OTHER_TOWN),
        ("clerk", COUNTY),
        ("auditor", COUNTY),
        ("grid_worker", "510183104201"),
    ],
)
def test_a_town_administrator_grants_nothing_above_or_outside_the_town(role, region):
    with pytest.raises(Forbidden):
        model.nobody_grants_outside_their_region_or_above_their_level(TOWN_CHIEF, role, region)


@pytest.mark.parametrize("role", ["village_administrator", "grid_worker", "legal_adviser"])
def test_a_town_administrator_grants_what_is_held_in_its_villages(role):
    model.a_role_fits_its_region(role, VILLAGE)
    model.nobody_grants_outside_their_region_or_above_their_level(TOWN_CHIEF, role, VILLAGE)


@pytest.mark.parametrize("held", sorted(set(contract.ROLES) - set(model.GRANTABLE)))
def test_who_administers_nobody_grants_nothing(held):
    with pytest.raises(Forbidden):
        model.nobody_grants_outside_their_region_or_above_their_level([Role(held, COUNTY)], "clerk", COUNTY)


@pytest.mark.parametrize(
    ("role", "region", "level"),
    [
        ("village_administrator", TOWN, "要在村（社区）任职"),
        ("county_administrator", VILLAGE, "要在县（市、区）任职"),
        ("clerk", VILLAGE, "要在县（市、区）或者镇（乡、街道）任职"),
    ],
)
def test_a_role_is_held_at_its_own_level_which_the_refusal_names(role, region, level):
    with pytest.raises(Rejected) as refused:
        model.a_role_fits_its_region(role, region)
    assert level in refused.value.message


def test_every_role_of_the_contract_has_its_level():
    assert set(model.DIGITS_OF_ROLE) == set(contract.ROLES)


def test_nobody_dismisses_oneself_or_anybody_twice():
    with pytest.raises(Forbidden):
        official().dismiss("o1")
    with pytest.raises(Conflict):
        official(active=False).dismiss("o2")


def test_nobody_removes_the_last_county_administrator():
    model.a_county_keeps_an_administrator(another_stays=True)
    with pytest.raises(Rejected):
        model.a_county_keeps_an_administrator(another_stays=False)


def test_who_was_dismissed_appoints_and_dismisses_nobody():
    model.only_an_administrator_in_office_decides(official())
    for gone in (official(active=False), None):
        with pytest.raises(Forbidden):
            model.only_an_administrator_in_office_decides(gone)
