"""What the page on growth says is what the program computes now."""

import tomllib

import pytest

from benchmarks.growth.__main__ import PAGE, TABLE, need_of, table

TOLD = tomllib.loads(TABLE.read_text(encoding="utf-8"))


def test_the_page_holds_the_table_that_is_computed():
    assert table() in PAGE.read_text(encoding="utf-8"), "python -m benchmarks.growth --write"


@pytest.mark.parametrize("name", ["write_ms", "login_ms", "page_ms"])
def test_what_costs_more_needs_more_cores(name):
    dearer = TOLD["measured"] | {name: TOLD["measured"][name] * 3}
    people = 1_000_000_000
    assert (
        need_of(people, dearer, TOLD["assumed"]).cores
        > need_of(people, TOLD["measured"], TOLD["assumed"]).cores
    )


def test_twice_the_people_ask_twice_as_much():
    one, two = (need_of(people, TOLD["measured"], TOLD["assumed"]) for people in (660_000, 1_320_000))
    assert two.requests == pytest.approx(2 * one.requests)
    assert two.data == pytest.approx(2 * one.data)
