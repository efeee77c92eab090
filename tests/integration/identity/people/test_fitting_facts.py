"""What the village has entered is told for suggestions with leave only, of the person alone, and no age of an adult."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest

from services.chassis.core.calls import Call
from services.chassis.core.errors import NotFound
from services.civic.actor import SYSTEM
from services.identity.people.residents import fitting_facts
from tests.integration.identity.village_scene import Village

NOTHING = {"agreed": False, "born_on": None, "disability_grade": None, "away": False}
ENTERED = SimpleNamespace(disability_grade=2, away={"destination": "成都", "since": "2026-01-01"})


@pytest.fixture
def village(database):
    return Village(database)


def facts(village, id, leave=True, entry=ENTERED):
    call = village.call(SYSTEM, fitting_facts.AskFittingFacts, resident_id=id)
    return fitting_facts.facts(village.residents, lambda person: leave, lambda person: entry, call)


def test_without_leave_nothing_is_told_and_the_household_is_not_even_read(village):
    her = village.certified()
    assert facts(village, her.id, leave=False) == NOTHING

    def unread(person):
        raise AssertionError("the household was read")

    call = village.call(SYSTEM, fitting_facts.AskFittingFacts, resident_id=her.id)
    assert fitting_facts.facts(village.residents, lambda person: False, unread, call) == NOTHING


def test_with_leave_what_is_entered_is_told_and_of_an_adult_no_age(village):
    her = village.certified()
    assert facts(village, her.id) == {
        "agreed": True,
        "born_on": None,
        "disability_grade": 2,
        "away": True,
    }
    assert facts(village, her.id, entry=None) == {**NOTHING, "agreed": True}


def test_of_who_is_under_age_the_day_of_birth_is_told_as_long_as_they_are(village):
    child = village.certified()
    for of_age, born in (
        (datetime(2100, 2, 28, 16, tzinfo=UTC), date(2082, 3, 1)),
        (datetime(2020, 1, 1, tzinfo=UTC), None),
    ):
        one = village.residents.get(child.id)
        one.of_age_at = of_age
        village.residents.save(one, [], Call({}, SYSTEM))
        assert facts(village, child.id)["born_on"] == born


def test_for_whom_no_village_vouches_nothing_is_told(village):
    assert facts(village, village.register().id) == {**NOTHING, "agreed": True}
    with pytest.raises(NotFound):
        facts(village, "nobody")
