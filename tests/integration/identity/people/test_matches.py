"""A certified resident is compared with the register; nobody learns from the answer who is in it."""

import threading

import pytest

from services.chassis.core.actor import Role
from services.chassis.core.errors import DomainError
from services.civic.actor import CivicActor
from services.civic.editions.code_crosswalk import CrosswalkEntry
from services.identity.people.matches.model import TRIES
from tests.integration.identity.register_scene import CHIEF, HEADER, NEXT_DOOR, VILLAGE, VILLAGER, line

NEIGHBOURS_VILLAGE = CivicActor("v2", "official", (Role("village_administrator", NEXT_DOOR),))


def refused(act, *args, **more) -> DomainError:
    with pytest.raises(DomainError) as refusal:
        act(*args, **more)
    return refusal.value


def test_who_is_in_the_register_under_the_own_name_reaches_level_two(county):
    county.bring(HEADER + line(1, "王 秀英", NEXT_DOOR))
    her = county.resident(1)
    assert county.match(her, 1)["state"] == "matched"
    assert county.level(her) == 2
    stored = county.database.residents.find_one({"_id": "r1"})
    assert [one["type"] for one in stored["outbox"]] == ["xiangzhi.identity.resident.matched.v1"]
    assert county.database.register_matches.find_one()["elsewhere"] is True


def test_the_village_has_its_resident_compared_and_no_other_village_does(county):
    county.bring(HEADER + line(1))
    her = county.resident(1)
    assert refused(county.match, her, 1, by=NEIGHBOURS_VILLAGE).code == "resident.not_found"
    assert county.match(her, 1, by=VILLAGER)["asked_by"] == "v1"
    assert county.level(her) == 2
    other = county.resident(2, "李建国")
    assert refused(county.ask, her, "find_match", resident_id=other.id).code == "match.not_found"


def test_no_answer_tells_whether_the_number_or_the_name_is_not_there(county):
    county.bring(HEADER + line(1, "李建国") + line(3))
    named_otherwise, not_there = county.resident(1), county.resident(2)
    another_number = county.resident(4)
    answers = [county.match(named_otherwise, 1), county.match(not_there, 2), county.match(another_number, 3)]
    known = {"id": "", "asked_at": "", "asked_by": "", "settled_at": ""}
    assert all({**one, **known} == {**answers[0], **known} for one in answers)
    assert answers[0]["state"] == "unmatched"
    assert [county.level(one) for one in (named_otherwise, not_there, another_number)] == [1, 1, 1]


def test_tries_are_few_whoever_makes_them_and_the_county_sees_them(county):
    county.bring(HEADER + line(9))
    her = county.resident(1)
    for number in range(TRIES):
        county.match(her, 1, by=VILLAGER if number else None)
    refusal = refused(county.match, her, 1)
    assert refusal.code == "match.asked_too_often" and refusal.detail["retry_after"] > 80_000
    assert [one["id"] for one in county.ask(CHIEF, "list_matches")["items"]] == ["r1"]
    assert county.ask(CHIEF, "list_matches", state="matched")["items"] == []


def test_many_tries_at_once_are_counted_as_many(county):
    county.bring(HEADER + line(9))
    her, outcomes, start = county.resident(1), [], threading.Barrier(6)

    def try_it():
        start.wait(5)
        try:
            outcomes.append(county.match(her, 1)["state"])
        except DomainError as refusal:
            outcomes.append(refusal.code)

    threads = [threading.Thread(target=try_it) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert outcomes.count("unmatched") == TRIES and outcomes.count("match.asked_too_often") == 3


def test_a_level_that_is_raised_twice_at_once_is_told_once(county):
    county.bring(HEADER + line(1))
    her, outcomes, start = county.resident(1), [], threading.Barrier(2)

    def raise_it(by):
        start.wait(5)
        outcomes.append(county.match(her, 1, by=by)["state"])

    threads = [threading.Thread(target=raise_it, args=(by,)) for by in (her, VILLAGER)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert outcomes == ["matched", "matched"]
    assert len(county.database.residents.find_one({"_id": "r1"})["outbox"]) == 1


def test_a_version_that_is_replaced_and_dropped_while_somebody_is_compared_hides_nobody(county, monkeypatch):
    old = county.bring(HEADER + line(1))
    her, entries = county.resident(1), county.service.register_entries
    find = entries.find

    def finds_what_is_gone(import_id, id_hash):
        monkeypatch.setattr(entries, "find", find)
        county.bring(HEADER + line(1) + line(2))
        entries.forget(old)
        return find(import_id, id_hash)

    monkeypatch.setattr(entries, "find", finds_what_is_gone)
    assert county.match(her, 1)["state"] == "matched"


def test_who_is_not_certified_and_whose_county_has_no_register_is_told_so(county):
    her, waiting = county.resident(1), county.resident(2, state="pending")
    assert refused(county.match, her, 1).code == "match.no_register"
    county.bring(HEADER + line(1))
    assert refused(county.match, waiting, 2).code == "assurance.too_low"
    assert refused(county.match, waiting, 2, by=VILLAGER).code == "assurance.not_certified"
    assert refused(county.ask, her, "find_match", resident_id="r1").code == "match.not_found"


def test_the_same_key_twice_counts_one_try_and_gives_the_first_answer(county):
    county.bring(HEADER + line(9))
    her = county.resident(1)
    first = county.match(her, 1, key="k" * 16)
    assert county.match(her, 1, key="k" * 16) == first
    assert len(county.database.register_matches.find_one()["asks"]) == 1


def test_whether_the_register_has_somebody_elsewhere_is_read_in_the_edition_of_its_import(county):
    county.bring(HEADER + line(1))
    county.service.moves.keep(CrosswalkEntry(VILLAGE, "2019", "2020", (NEXT_DOOR,)), "510183-2019")
    county.service.moves.keep(CrosswalkEntry(NEXT_DOOR, "2019", "2020", (VILLAGE,)), "510183-2019")
    who = county.resident(1)
    stored = county.service.residents.documents
    for village, edition, elsewhere in ((NEXT_DOOR, "2020", False), (VILLAGE, "2020", True)):
        stored.update_one({"_id": who.id}, {"$set": {"region": village, "edition": edition}})
        assert county.register.find(county.service.residents.get(who.id)).elsewhere is elsewhere
