"""What fills a form is what the village has certified: the name, a phone that is still theirs, and a number that is compared."""

import pytest

from services.chassis.core.errors import Conflict, NotFound
from services.civic.actor import SYSTEM
from services.identity.people.residents import account_facts
from tests.integration.identity.village_scene import Village


@pytest.fixture
def village(database):
    return Village(database)


def facts(village, id, number=None):
    call = village.call(SYSTEM, account_facts.AskFacts, resident_id=id, id_number=number)
    return account_facts.facts(village.residents, lambda text: f"h {text}", call)


@pytest.mark.parametrize(
    ("typed", "fits"),
    [
        ("11010519491231002X", True),
        (" 110105 19491231 002x ", True),
        ("１１０１０５１９４９１２３１００２Ｘ", True),
        ("110105194912310020", False),
        ("", False),
        (None, False),
        ("x" * 200, False),
    ],
)
def test_a_number_is_compared_as_people_type_it_and_never_told(village, typed, fits):
    her = village.certified(id_number="11010519491231002X")
    found = facts(village, her.id, typed)
    assert found == {"name": her.name, "phone": her.phone, "number_fits": fits}


def test_a_number_of_an_entry_from_before_is_compared_under_the_name_of_its_paper(village):
    her = village.certified(id_number="e12345678", paper="passport", country="vnm")
    kept = {"id_number_hash": "h passport:E12345678"}
    village.residents.documents.update_one({"_id": her.id}, {"$set": kept})
    assert facts(village, her.id, "E12345678")["number_fits"]


def test_a_phone_that_somebody_else_has_proven_since_fills_nothing(village):
    her = village.certified()
    village.residents.documents.update_one({"_id": her.id}, {"$set": {"phone_lost_at": her.registered_at}})
    assert facts(village, her.id)["phone"] is None


def test_of_whom_no_village_vouches_nothing_is_told(village):
    with pytest.raises(Conflict) as said:
        facts(village, village.register().id)
    assert said.value.code == "resident.not_vouched_for"
    with pytest.raises(NotFound):
        facts(village, "nobody")
