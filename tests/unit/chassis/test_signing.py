"""The time in a signature is a number of seconds, near to now."""

import pytest

from services.chassis.core.cleaning import is_number
from services.chassis.http.signing import FRESH_SECONDS, is_fresh

NOW = 1_764_540_800.0
NO_NUMBERS = [
    "",
    " ",
    "²",
    "1²",
    "٣",
    "１７６４５４０８００",
    "1764540800 ",
    "1764540800\n",
    "+1764540800",
    "-1",
    "1e9",
    "1_0",
    "0x1",
    "nan",
]


@pytest.mark.parametrize("timestamp", [*NO_NUMBERS, "9" * 13, "9" * 5000, "1764540800.0"])
def test_what_is_no_number_of_seconds_is_not_fresh(timestamp):
    assert not is_fresh(timestamp, NOW)


@pytest.mark.parametrize(
    ("off", "fresh"), [(0, True), (FRESH_SECONDS, True), (-FRESH_SECONDS, True), (FRESH_SECONDS + 1, False)]
)
def test_a_time_near_to_now_is(off, fresh):
    assert is_fresh(str(int(NOW) + off), NOW) == fresh


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_a_number_is_of_the_digits_0_to_9(text):
    assert not is_number(text)
    assert is_number("0123456789")
