"""Parts follow each other, and only a whole and mostly right file comes into use."""

from datetime import UTC, datetime

import pytest

from services.chassis.core.errors import DomainError
from services.identity.people.register.model import (
    UNUSED_KEPT,
    Import,
    Register,
    a_part_follows_the_one_before,
)

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)


def importing(**values) -> Import:
    return Import("i1", "510183", "f" * 64, 10, "o", NOW, "k", NOW, **values)


def code_of(act, *args) -> str:
    with pytest.raises(DomainError) as refusal:
        act(*args)
    return refusal.value.code


@pytest.mark.parametrize(
    "values, offset, part, code",
    [
        ({"received": 4}, 0, b"abc\n", "register.part_out_of_order"),
        ({"received": 4}, 8, b"abc\n", "register.part_out_of_order"),
        ({"received": 10, "completed_at": NOW}, 10, b"", "register.part_out_of_order"),
        ({}, 0, b"abcdefghijk", "register.part_too_long"),
        ({}, 0, b"abc", "register.part_cut"),
        ({"dropped_at": NOW}, 0, b"abc\n", "register.dropped"),
    ],
)
def test_a_part_that_does_not_follow_is_refused(values, offset, part, code):
    assert code_of(a_part_follows_the_one_before, importing(**values), offset, part) == code


def test_a_part_at_the_right_place_follows_and_the_last_one_needs_no_line_break():
    a_part_follows_the_one_before(importing(received=4), 4, b"ab\n")
    a_part_follows_the_one_before(importing(received=4), 4, b"abcdef")


@pytest.mark.parametrize(
    "values, code",
    [
        ({"received": 9, "taken": 5}, "register.not_whole"),
        ({"received": 10, "taken": 5, "refused": 6}, "register.mostly_wrong"),
        ({"received": 10}, "register.mostly_wrong"),
        ({"received": 10, "taken": 5, "dropped_at": NOW}, "register.dropped"),
    ],
)
def test_what_is_not_whole_or_mostly_wrong_does_not_come_into_use(values, code):
    assert code_of(importing(**values).complete, NOW) == code


def test_a_completed_import_is_kept_longer_and_keeps_its_first_time():
    one = importing(received=10, taken=5)
    one.complete(NOW)
    one.complete(NOW + UNUSED_KEPT)
    assert (one.state, one.completed_at, one.drop_after) == ("completed", NOW, NOW + 2 * UNUSED_KEPT)


def test_a_register_tells_of_its_new_version():
    register = Register("510183", "510183", "i1", NOW)
    assert register.use("i2", NOW) == [("register.replaced", {"import_id": "i2"})]
