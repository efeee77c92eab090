"""Parts follow each other, and only a whole and mostly right file comes into use."""

from datetime import UTC, datetime

import pytest

from services.chassis.core.errors import DomainError
from services.identity.people.register.model import (
    LARGEST_WORKBOOK,
    READ_WITHIN,
    UNUSED_KEPT,
    Import,
    Register,
    a_part_follows_the_one_before,
    a_workbook_is_small_enough_to_be_read_whole,
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
    "encoding, part",
    [
        ("utf-8", b"ab\r"),
        ("gb18030", b"a\r\n"),
        ("utf-16-le", "a\n".encode("utf-16-le")),
        ("utf-16-be", "a\r".encode("utf-16-be")),
        ("xlsx", b"abc"),
    ],
)
def test_a_part_may_end_where_the_next_one_can_begin(encoding, part):
    a_part_follows_the_one_before(importing(received=4), 4, part, encoding)


@pytest.mark.parametrize(
    "encoding, part",
    [
        ("utf-16-le", b"a\0\n"),  # half a character
        ("utf-16-le", b"x" + "a\n".encode("utf-16-le")),  # and one that looks like a line break
        ("utf-16-le", "a\u0a00".encode("utf-16-le")),  # 00 0A, and no line break
        ("utf-16-be", "\u0a61b".encode("utf-16-be")),
        ("utf-8", b"abc"),
    ],
)
def test_a_part_that_ends_inside_a_line_is_refused_in_every_encoding(encoding, part):
    assert code_of(a_part_follows_the_one_before, importing(), 0, part, encoding) == "register.part_cut"


def test_a_workbook_is_due_to_be_read_with_its_last_piece_only():
    one = importing()
    one.receive(b"PK345", "xlsx", NOW)
    assert (one.received, one.encoding, one.reading) == (5, "xlsx", False)
    one.receive(b"67890", "xlsx", NOW)
    assert one.reading and one.read_after == NOW
    text = importing()
    text.receive(b"x" * 10, "utf-8", NOW)
    assert not text.reading


def test_reading_a_workbook_anew_begins_at_nothing():
    one = importing(received=10, lines=7, taken=5, refused=1, columns=[0, 1, 2], read_after=NOW)
    one.begin_to_read(NOW)
    assert (one.lines, one.taken, one.refused, one.columns, one.read_after) == (
        0,
        0,
        0,
        None,
        NOW + READ_WITHIN,
    )
    one.was_read()
    assert not one.reading and one.problem is None


def test_a_workbook_is_read_whole_and_therefore_small_enough():
    one = importing()
    one.size = LARGEST_WORKBOOK
    a_workbook_is_small_enough_to_be_read_whole(one)
    one.size += 1
    assert code_of(a_workbook_is_small_enough_to_be_read_whole, one) == "register.workbook_too_large"


@pytest.mark.parametrize(
    "values, code",
    [
        ({"received": 10, "read_after": NOW, "taken": 5}, "register.not_read"),
        ({"received": 10, "problem": "表格无法打开。"}, "register.workbook_not_used"),
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
