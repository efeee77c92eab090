"""A page loads what its rows show and nothing more."""

from datetime import UTC, datetime

import pytest

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


@pytest.mark.parametrize("cursor", STRANGE, ids=lambda one: one[:40])
def test_a_cursor_that_no_page_gave_is_refused(rows, cursor):
    with pytest.raises(Invalid) as refused:
        page(rows, {}, {"limit": 2, "cursor": cursor}, ("order", 1), dict)
    assert refused.value.code == "page.cursor_invalid" and "从第一页重新开始" in refused.value.message
