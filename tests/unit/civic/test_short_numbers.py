"""Numbers that are read out: what a number is of, what a slip of the tongue is, and what it finds."""

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marshmallow import ValidationError

from services.civic import short_numbers
from services.civic.inputs import NumberedId, PersonId

IDS = st.uuids().map(lambda one: one.hex)


@given(IDS)
def test_a_number_is_twelve_digits_and_its_range_holds_the_id(id):
    number = short_numbers.number_of(id)
    assert short_numbers.looks_like_a_number(number) and short_numbers.is_right(number)
    between = short_numbers.ids_of(number)
    assert between["$gte"] <= id < between["$lt"]


@given(IDS, IDS)
def test_the_range_holds_no_id_of_another_number(id, other):
    between = short_numbers.ids_of(short_numbers.number_of(id))
    assert (between["$gte"] <= other < between["$lt"]) == (other[:9] == id[:9])


@given(IDS, st.integers(0, 11), st.integers(1, 9))
def test_one_wrong_digit_is_found(id, place, by):
    number = short_numbers.number_of(id)
    wrong = number[:place] + str((int(number[place]) + by) % 10) + number[place + 1 :]
    assert not short_numbers.is_right(wrong)
    with pytest.raises(ValidationError, match="编号有一位不对"):
        PersonId().deserialize(wrong)


def test_no_number_lies_above_all_ids_and_an_id_of_another_kind_has_none():
    assert short_numbers.is_right(short_numbers.number_of("f" * 32))
    above = "68719476736"
    assert not any(short_numbers.is_right(f"{above}{digit}") for digit in range(10))
    assert short_numbers.number_of("Ab-1_c") == "Ab-1_c"


@pytest.mark.parametrize("typed", ["{0} {1} {2}", "{0}-{1}-{2}", "  {0}{1}{2} ", "{0}\u3000{1}\u3000{2}"])
def test_a_number_is_read_however_it_is_grouped(typed):
    number = short_numbers.number_of(uuid.uuid4().hex)
    assert NumberedId().deserialize(typed.format(number[:4], number[4:8], number[8:])) == number
