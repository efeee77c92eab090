"""Children do not register alone; of who is under 18 the entry keeps, encrypted, when they come of age, and of others nothing."""

from datetime import timedelta

import pytest

from services.chassis.core.calls import utc_now
from services.chassis.core.clock import day_of
from services.chassis.core.errors import Rejected
from services.civic.id_numbers import check_digit
from services.identity.people.residents import contract, registration, usecases
from tests.integration.identity.village_scene import TOWN_OFFICIAL, VILLAGE_OFFICIAL, Village, herself


@pytest.fixture
def village(database):
    return Village(database)


def number(years: int) -> str:
    """The number of somebody who was so old on yesterday's birthday."""
    born = day_of(utc_now()) - timedelta(days=1)
    first = f"510183{born.year - years}{born.month:02d}{min(born.day, 28):02d}001"
    return first + check_digit(first)


def kept(village: Village, id: str):
    return village.residents.get(id).of_age_at


def test_a_child_is_sent_to_the_village_office_with_a_guardian_and_nothing_is_kept(village):
    with pytest.raises(Rejected) as refused:
        village.register(id_number=number(13))
    assert refused.value.code == "resident.under_fourteen"
    assert "监护人" in refused.value.message and "村委会" in refused.value.message
    assert village.residents.documents.count_documents({}) == 0


def test_of_who_is_fourteen_the_day_of_coming_of_age_is_kept_encrypted_and_of_an_adult_nothing(village):
    young, old = village.register(id_number=number(14)), village.register(id_number=number(18))
    assert timedelta(days=3 * 365) < kept(village, young.id) - utc_now() < timedelta(days=4 * 366)
    assert kept(village, old.id) is None
    assert "of_age_at" not in village.residents.documents.find_one({"_id": young.id})


def test_a_corrected_number_tells_another_age(village):
    her = village.register(id_number=number(15))
    hashed = lambda text: f"h {text}"  # noqa: E731
    asked = {"what": "id_number", "value": number(40), "paper": "id_card", "country": None}
    village.decide(usecases.ask_correction, herself(her), contract.AskCorrection, her, hashed, **asked)
    village.decide(usecases.approve_correction, TOWN_OFFICIAL, contract.Decide, her, lambda region: True)
    assert kept(village, her.id) is None


def test_a_second_try_with_a_childs_number_is_refused_as_the_first_one(village):
    her = village.register(id_number=number(30))
    village.decide(usecases.reject, VILLAGE_OFFICIAL, contract.Refuse, her, village.terms, reason="证件不符")
    with pytest.raises(Rejected) as refused:
        village.decide(
            registration.try_again, herself(her), contract.TryAgain, her,
            village.villages, lambda text: f"h {text}", village.terms, id_number=number(12),
        )  # fmt: skip
    assert refused.value.code == "resident.under_fourteen"
