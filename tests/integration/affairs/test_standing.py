"""How a resident stands is asked in one question, and says the same as the three copies that it is asked of."""

import pytest

from services.civic.editions.code_crosswalk import CodeCrosswalk, CrosswalkEntry
from services.civic.people import People
from services.civic.standing import NOBODY, Beside, Standing

VILLAGE, PART, OTHER, COUNTY = "510183103204", "510183103205", "510183103206", "510183"


@pytest.fixture
def people(database):
    people, moves = People(database), CodeCrosswalk(database)
    moves.create_indexes()
    people.learn("r1", 1, {"region": VILLAGE, "edition": "2020", "certified": True})
    moves.keep(CrosswalkEntry(VILLAGE, "2019", "2020", (OTHER,)), "before")
    return people


def test_of_whom_nothing_was_heard_is_nobody(people):
    assert people.standing("r2") == NOBODY and not NOBODY.certified


def test_a_move_of_an_earlier_edition_is_another_places(people):
    assert people.standing("r1") == Standing(True, False, VILLAGE, "2020")


def test_somebody_who_is_no_longer_certified_is_told_so(people):
    people.learn("r1", 2, {"certified": False})
    assert people.standing("r1") == Standing(False, False, VILLAGE, "2020")


@pytest.mark.parametrize(
    ("state", "leaving"),
    [("leaving", True), ("cleared", True), ("gone", True), ("hindered", False), ("stayed", False)],
)
def test_who_is_on_the_way_out_is_told_so(people, database, state, leaving):
    database.departures.insert_many([{"_id": "r1", "state": state}, {"_id": "r2", "state": "leaving"}])
    assert people.standing("r1").leaving is leaving


def test_the_village_is_where_it_went_and_a_split_one_the_county(people, database):
    moves = CodeCrosswalk(database)
    moves.keep(CrosswalkEntry(VILLAGE, "2020", "2021", (PART,)), "next")
    assert people.standing("r1") == Standing(True, False, PART, "2021")
    moves.keep(CrosswalkEntry(PART, "2021", "2022", (PART, OTHER)), "after")
    assert people.standing("r1") == Standing(True, False, COUNTY, "2022")


def test_an_entry_without_an_edition_was_written_before_there_were_any(people, database):
    database.people.insert_one({"_id": "old", "region": VILLAGE, "certified": True})
    assert people.standing("old") == Standing(True, False, OTHER, "2020")


def test_what_many_places_are_now_is_asked_at_once_and_says_the_same_as_one_by_one(people, database):
    moves = CodeCrosswalk(database)
    moves.keep(CrosswalkEntry(PART, "2019", "2020", (PART, OTHER)), "before")
    places = {(VILLAGE, "2019"), (VILLAGE, "2020"), (PART, ""), (OTHER, "2019"), (COUNTY, "")}
    assert moves.now_all(places) == {place: moves.now(*place) for place in places}
    assert moves.now_all(places)[PART, ""] == (COUNTY, "2020") and moves.now_all(set()) == {}


def test_what_is_begun_for_is_read_in_the_same_question_and_as_it_is_now(people, database):
    database.matters.insert_one({"_id": "m1", "state": "open", "grams": ["津贴"], "outbox": []})
    beside = Beside("matters", "m1", ("grams", "outbox"))
    assert people.standing("r1", beside) == Standing(
        True, False, VILLAGE, "2020", {"_id": "m1", "state": "open"}
    )
    database.matters.update_one({"_id": "m1"}, {"$set": {"state": "closed"}})
    assert people.standing("r1", beside).beside == {"_id": "m1", "state": "closed"}
    assert people.standing("r1", Beside("matters", "m2", ("grams",))).beside is None
    assert people.standing("r2", beside) == NOBODY
