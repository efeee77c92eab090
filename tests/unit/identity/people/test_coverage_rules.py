"""What the coverage board shows, and what it does not."""

import pytest

from services.identity.people.coverage.model import Sum, a_handful_is_not_shown, shown


def board(*villages) -> dict:
    found = Sum("510183103")
    for certified, told in villages:
        found.add(certified, told)
    return shown(found)


@pytest.mark.parametrize(("count", "seen"), [(0, 0), (1, None), (4, None), (5, 5), (382_000, 382_000)])
def test_a_count_of_a_handful_of_people_is_not_shown(count, seen):
    assert a_handful_is_not_shown(count) == seen


def test_the_figures_of_qionglai_give_the_coverage_that_was_reported():
    seen = board((382_000, {"population": 660_000, "smartphone_users": 450_000}))
    assert (seen["percent_of_smartphone_users"], seen["population"], seen["aged_18_to_65"]) == (
        84.9,
        660_000,
        None,
    )


def test_a_village_that_told_no_users_does_not_raise_the_coverage_of_its_town():
    seen = board((50, {"smartphone_users": 100}), (80, {}))
    assert (seen["certified"], seen["smartphone_users"], seen["percent_of_smartphone_users"]) == (
        130,
        100,
        50.0,
    )


@pytest.mark.parametrize("users", [0, None])
def test_without_users_there_is_no_coverage(users):
    assert board((50, {"smartphone_users": users}))["percent_of_smartphone_users"] is None


def test_a_percentage_does_not_tell_the_count_that_is_not_shown():
    seen = board((3, {"smartphone_users": 100}))
    assert seen["certified"] is None and seen["percent_of_smartphone_users"] is None
    seen = board((3, {"smartphone_users": 100}), (80, {}))
    assert seen["certified"] == 83 and seen["percent_of_smartphone_users"] is None
