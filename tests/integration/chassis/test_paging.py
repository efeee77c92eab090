"""A page loads what its rows show and nothing more."""

import base64
from datetime import UTC, datetime

import pytest
from bson import Regex

from services.chassis.core.errors import Invalid
from services.chassis.storage.paging import page
from tests.cursors import STRANGE


@pytest.fixture
def rows(database):
    database.rows.create_index([("order", 1), ("_id", 1)])
    kept = {"outbox": [1], "requests": [1], "long": "x" * 1000, "short": "y"}
    database.rows.insert_many([{"_id": f"r{number}", "order": number // 2, **kept} for number in range(5)])
    return database.rows


def fields(found):
    return {name for row in found["items"] for name in row}


def test_what_a_row_does_not_show_is_not_loaded(rows):
    asked = {"limit": 100}
    assert fields(page(rows, {}, asked, ("order", 1), dict)) == {"_id", "order", "long", "short"}
    assert fields(page(rows, {}, asked, ("order", 1), dict, ("long",))) == {"_id", "order", "short"}


def test_leaving_fields_out_loses_no_row_between_pages(rows):
    seen, cursor = [], None
    for _ in range(3):
        found = page(rows, {}, {"limit": 2, "cursor": cursor}, ("order", -1), dict, ("long", "short"))
        seen += [row["_id"] for row in found["items"]]
        cursor = found["next"]
    assert seen == ["r4", "r3", "r2", "r1", "r0"] and cursor is None


@pytest.mark.parametrize(
    "order",
    [7, 1.5, -(2**63), 2**63 - 1, "高龄津贴" * 20, datetime(2026, 11, 30, 8, 0, 0, 123000, UTC)],
    ids=repr,
)
@pytest.mark.parametrize("direction", [1, -1])
def test_whatever_a_list_is_ordered_by_its_next_page_begins_there(database, order, direction):
    database.rows.insert_many([{"_id": f"r{number}", "order": order} for number in range(3)])
    seen, cursor = [], None
    for _ in range(3):
        found = page(database.rows, {}, {"limit": 1, "cursor": cursor}, ("order", direction), dict)
        seen += [row["_id"] for row in found["items"]]
        cursor = found["next"]
    assert seen == ["r0", "r1", "r2"][::direction] and cursor is None


@pytest.mark.parametrize("direction", [1, -1])
def test_rows_of_one_order_stand_by_a_time_and_then_by_their_id(database, direction):
    hours = {"a": (1, 9), "b": (1, 7), "c": (1, 7), "d": (0, 8), "e": (2, 1)}
    for id, (order, hour) in hours.items():
        came = datetime(2026, 11, 30, hour, tzinfo=UTC)
        database.rows.insert_one({"_id": id, "order": order, "came": came})
    seen, cursor = [], None
    for _ in range(5):
        asked = {"limit": 1, "cursor": cursor}
        found = page(database.rows, {}, asked, ("order", direction), dict, then="came")
        seen += [row["_id"] for row in found["items"]]
        cursor = found["next"]
    assert seen == list("dbcae")[::direction] and cursor is None


def test_a_cursor_without_the_time_that_tells_rows_apart_is_refused(rows):
    cursor = page(rows, {}, {"limit": 1}, ("order", 1), dict)["next"]
    with pytest.raises(Invalid):
        page(rows, {}, {"limit": 1, "cursor": cursor}, ("order", 1), dict, then="came")


def one_page(rows, where: dict, cursor: str | None = None, order=("order", 1)) -> dict:
    return page(rows, where, {"limit": 1, "cursor": cursor}, order, dict)


@pytest.mark.parametrize(
    "where, order",
    [
        ({}, ("order", 1)),
        ({"short": "z"}, ("order", 1)),
        ({"short": "y", "long": {"$ne": "x"}}, ("order", 1)),
        ({"short": {"$in": ["y"]}}, ("order", 1)),
        ({"short": "y"}, ("order", -1)),
        ({"short": "y"}, ("_id", 1)),
    ],
    ids=repr,
)
def test_a_cursor_of_another_filter_or_order_is_refused(rows, where, order):
    cursor = one_page(rows, {"short": "y"})["next"]
    with pytest.raises(Invalid) as refused:
        one_page(rows, where, cursor, order)
    assert refused.value.code == "page.cursor_invalid"


def test_a_cursor_of_another_collection_is_refused(rows, database):
    cursor = one_page(rows, {})["next"]
    with pytest.raises(Invalid):
        one_page(database.others, {}, cursor)


def test_what_moves_with_the_clock_or_is_looked_up_is_the_same_list(rows):
    def asked(year: int, ids: list[str]) -> dict:
        return {
            "$or": [{"at": {"$lt": datetime(year, 1, 1, tzinfo=UTC)}}, {"short": "y"}],
            "_id": {"$in": ids},
        }

    cursor = one_page(rows, asked(2026, ["r0", "r1"]))["next"]
    assert one_page(rows, asked(2027, ["r1", "r0", "r2"]), cursor)["items"][0]["_id"] == "r1"


def test_however_a_filter_is_put_together_it_is_the_same_list_and_other_words_are_another(rows):
    def asked(*words: str) -> dict:
        return {"grams": {"$all": list(words)}, "plain": {"$all": [Regex(words[0])]}, "short": "y"}

    rows.update_many({}, {"$set": {"grams": ["a", "b", "c"], "plain": ["abc"]}})
    cursor = one_page(rows, asked("a", "b"))["next"]
    same = dict(reversed(list({**asked("a", "b"), "grams": {"$all": ["b", "a"]}}.items())))
    assert one_page(rows, same, cursor)["items"]
    with pytest.raises(Invalid):
        one_page(rows, asked("a", "c"), cursor)


def test_a_cursor_of_the_version_before_names_no_list_and_goes_on(rows):
    cursor = base64.urlsafe_b64encode(b'["v",0,"r1"]').decode().rstrip("=")
    assert [one_page(rows, where, cursor)["items"][0]["_id"] for where in ({}, {"short": "y"})] == ["r2"] * 2


@pytest.mark.parametrize("cursor", STRANGE, ids=lambda one: one[:40])
def test_a_cursor_that_no_page_gave_is_refused(rows, cursor):
    with pytest.raises(Invalid) as refused:
        page(rows, {}, {"limit": 2, "cursor": cursor}, ("order", 1), dict)
    assert refused.value.code == "page.cursor_invalid" and "从第一页重新开始" in refused.value.message
