"""A report's times are told to the hour, and its events come when that hour is over."""

from datetime import UTC, datetime, timedelta

from services.integrity.reports.cases.hours import cut_to_the_hour, drawn_after

NINE = datetime(2026, 11, 21, 9, tzinfo=UTC)


def test_times_are_cut_to_the_hour():
    assert cut_to_the_hour(datetime(2026, 11, 21, 9, 59, 59, 999000, UTC)) == NINE


def test_what_happened_within_an_hour_comes_out_in_the_minute_after_it_and_each_at_another_moment():
    drawn = {drawn_after(NINE) for _ in range(200)}
    assert min(drawn) >= NINE + timedelta(hours=1) and max(drawn) < NINE + timedelta(hours=1, minutes=1)
    assert len(drawn) > 100
