"""A page loads what its rows show and nothing more."""

import pytest

from services.chassis.storage.paging import page


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
