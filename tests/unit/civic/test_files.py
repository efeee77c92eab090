"""The rules of a file that is handed in."""

from datetime import UTC, datetime, timedelta

import pytest

from services.chassis.core.errors import Conflict, Rejected
from services.civic.files import model
from services.civic.files.model import LAPSES, LOOKED_AT, MOST_BYTES, MOST_PIECES, PIECE_BYTES, StoredFile

NOW = datetime(2026, 12, 1, 8, tzinfo=UTC)


def a_file() -> StoredFile:
    return StoredFile("f1", "510183103204", "r1", "listing_photo", "l1", NOW, NOW + LAPSES, b"k" * 32)


def refused(rule, *told):
    with pytest.raises((Rejected, Conflict)) as wrong:
        rule(*told)
    return wrong.value


def test_the_oldest_of_too_many_make_room_for_the_newest_and_never_that_itself():
    begun = [(NOW - timedelta(minutes=age), f"f{age:02d}") for age in range(model.MOST_OPEN + 2)]
    assert model.making_room(begun[: model.MOST_OPEN], "f00") == []
    assert model.making_room(begun, "f00") == [f"f{model.MOST_OPEN + 1}", f"f{model.MOST_OPEN}"]
    assert f"f{model.MOST_OPEN + 1}" not in model.making_room(begun, f"f{model.MOST_OPEN + 1}")
    assert model.making_room([], "new") == []


@pytest.mark.parametrize("state", [one for one in model.STATES if one != "receiving"])
def test_what_was_looked_at_takes_no_piece_any_more(state):
    model.only_what_is_being_received_takes_pieces("receiving")
    assert refused(model.only_what_is_being_received_takes_pieces, state).code == "file.received_already"


@pytest.mark.parametrize(
    ("number", "length"), [(0, 0), (0, PIECE_BYTES + 1), (MOST_PIECES, 1), (MOST_PIECES + 5, PIECE_BYTES)]
)
def test_a_piece_that_no_file_has_is_refused(number, length):
    assert refused(model.a_piece_lies_within_a_file, number, length).code == "file.piece_too_large"


def test_the_last_piece_of_the_largest_file_is_taken():
    assert (MOST_PIECES - 1) * PIECE_BYTES < MOST_BYTES <= MOST_PIECES * PIECE_BYTES
    model.a_piece_lies_within_a_file(MOST_PIECES - 1, PIECE_BYTES)
    model.a_piece_lies_within_a_file(0, 1)


@pytest.mark.parametrize(
    ("numbers", "size", "next"),
    [([], 0, 0), ([1, 2], 9, 0), ([0, 2], 9, 1), ([0, 1, 3], 9, 2), ([0, 1], 8, 2)],
)
def test_a_file_with_a_gap_says_which_piece_is_missing(numbers, size, next):
    wrong = refused(model.a_file_is_whole, numbers, size, 9)
    assert wrong.code == "file.piece_missing" and wrong.detail["next"] == next


def test_a_file_without_a_gap_is_whole():
    model.a_file_is_whole([0], 9, 9)
    model.a_file_is_whole([0, 1, 2], 9, 9)


@pytest.mark.parametrize("told", [(3, "abc"), (4, "abd"), (4, "ABC")])
def test_a_file_that_is_not_what_was_announced_is_refused(told):
    model.a_file_is_what_was_announced(4, "abc", 4, "abc")
    assert refused(model.a_file_is_what_was_announced, 4, "abc", *told).code == "file.differs"


def test_a_refused_file_has_no_key_and_may_be_sent_again():
    file = a_file()
    file.refuse(NOW)
    assert (file.state, file.key, file.due) == ("refused", None, NOW + LAPSES)
    file.receive_anew(b"n" * 32, NOW)
    assert (file.state, file.key) == ("receiving", b"n" * 32)


def test_a_kept_file_is_looked_after_until_something_holds_it():
    file = a_file()
    file.keep(9, "image/jpeg", NOW + timedelta(hours=3), width=4, height=3)
    assert (file.state, file.due, file.width) == ("kept", NOW + timedelta(hours=3) + LOOKED_AT, 4)


def test_every_purpose_says_where_its_owner_fetches_a_file():
    assert a_file().address == "/listings/l1/photos/f1"
