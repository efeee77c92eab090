"""Whom a short number names: one person, nobody, or two who share it, of whom it says nothing."""

import pytest

from services.chassis.core.errors import NotFound
from services.civic.actor import SYSTEM
from services.civic.short_numbers import BITS_IN_HEX, number_of
from services.identity.people.residents import numbered
from tests.integration.identity.village_scene import Village


@pytest.fixture
def village(database):
    return Village(database)


def whose(village, number: str) -> str:
    return numbered.whose(village.residents, village.call(SYSTEM, numbered.AskWhoseNumber, number=number))[
        "id"
    ]


def test_a_number_names_the_one_it_is_of_among_others(village):
    hers, _others = village.certified(), [village.certified() for _ in range(3)]
    assert whose(village, number_of(hers.id)) == hers.id


def test_nobodys_number_names_nobody(village):
    village.certified()
    with pytest.raises(NotFound):
        whose(village, number_of("0" * 32))


def test_a_number_that_two_share_names_neither(village):
    hers = village.certified()
    other = village.residents.documents.find_one({"_id": hers.id})
    other |= {"_id": hers.id[:BITS_IN_HEX] + "f" * (32 - BITS_IN_HEX)}
    other |= {name: f"another {other[name]}" for name in ("id_number_hash", "phone_hash")}
    village.residents.documents.insert_one(other)
    with pytest.raises(NotFound):
        whose(village, number_of(hers.id))
