"""Whom a short number names: one person, nobody, or two who share it, of whom it says nothing; and who guesses is stopped."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from services.chassis.core.calls import Caller
from services.chassis.core.errors import NotFound, TooMany
from services.civic.actor import SYSTEM
from services.civic.short_numbers import BITS_IN_HEX, number_of
from services.identity.people.residents import numbered
from services.identity.people.residents.number_guesses import NumberGuesses
from tests.integration.identity.village_scene import Village

NOBODYS = number_of("0" * 32)


@pytest.fixture
def village(database):
    return Village(database)


MOST = {"account": 3, "address": 5, "network": 8}


@pytest.fixture
def guesses(database):
    made = NumberGuesses(database, b"k" * 32, **MOST)
    made.create_indexes()
    return made


def whose(village, guesses, number: str, by="wang", address="192.0.2.1", later=timedelta()) -> str:
    call = village.call(SYSTEM, numbered.AskWhoseNumber, number=number, asked_by=by)
    call = replace(call, caller=Caller(address), now=call.now + later)
    return numbered.whose(village.residents, guesses, call)["id"]


def misses(village, guesses, times: int, **more) -> None:
    for _ in range(times):
        with pytest.raises(NotFound):
            whose(village, guesses, NOBODYS, **more)


def test_a_number_names_the_one_it_is_of_among_others(village, guesses):
    hers, _others = village.certified(), [village.certified() for _ in range(3)]
    assert whose(village, guesses, number_of(hers.id)) == hers.id


def test_nobodys_number_names_nobody(village, guesses):
    village.certified()
    with pytest.raises(NotFound):
        whose(village, guesses, number_of("0" * 32))


def test_a_number_that_two_share_names_neither(village, guesses):
    hers = village.certified()
    other = village.residents.documents.find_one({"_id": hers.id})
    other |= {"_id": hers.id[:BITS_IN_HEX] + "f" * (32 - BITS_IN_HEX)}
    other |= {name: f"another {other[name]}" for name in ("id_number_hash", "phone_hash")}
    village.residents.documents.insert_one(other)
    with pytest.raises(NotFound):
        whose(village, guesses, number_of(hers.id))


def test_whoever_guesses_is_stopped_before_they_hit_somebody_and_goes_on_an_hour_later(village, guesses):
    hers = village.certified()
    misses(village, guesses, MOST["account"])
    with pytest.raises(TooMany) as told:
        whose(village, guesses, number_of(hers.id))
    assert told.value.code == "resident.too_many_numbers" and "我的身份" in told.value.message
    assert 0 < told.value.detail["retry_after"] <= 3600
    assert whose(village, guesses, number_of(hers.id), later=timedelta(minutes=61)) == hers.id


def test_numbers_that_are_somebodys_are_named_as_often_as_somebody_likes(village, guesses):
    hers = village.certified()
    for _ in range(MOST["network"] + 1):
        assert whose(village, guesses, number_of(hers.id)) == hers.id
    misses(village, guesses, MOST["account"])


@pytest.mark.parametrize(
    ("what", "address"),
    [("address", lambda at: "192.0.2.1"), ("network", lambda at: f"192.0.2.{at}")],
)
def test_another_account_of_the_same_place_does_not_help(village, guesses, what, address):
    hers = village.certified()
    for at in range(MOST[what]):
        misses(village, guesses, 1, by=f"account {at}", address=address(at))
    with pytest.raises(TooMany):
        whose(village, guesses, number_of(hers.id), by="another", address=address(99))
    assert whose(village, guesses, number_of(hers.id), by="another", address="203.0.113.5") == hers.id


def test_of_many_guesses_at_once_no_more_are_answered_than_of_those_one_after_another(village, guesses):
    def guess(at: int) -> str:
        try:
            return whose(village, guesses, NOBODYS, address=f"10.{at}.0.1")
        except (NotFound, TooMany) as refused:
            return type(refused).__name__

    with ThreadPoolExecutor(8) as at_once:
        told = list(at_once.map(guess, range(24)))
    assert told.count("NotFound") == MOST["account"] and told.count("TooMany") == 24 - MOST["account"]


def test_a_gateway_of_the_version_before_does_not_say_who_asks_and_is_answered(village, guesses):
    hers = village.certified()
    misses(village, guesses, 20, by="", address="")
    assert whose(village, guesses, number_of(hers.id), by="", address="") == hers.id


def test_who_guessed_is_not_kept(village, guesses):
    misses(village, guesses, 1)
    kept = str(list(guesses.documents.find()))
    assert not [told for told in ("wang", "192.0.2", NOBODYS) if told in kept]
