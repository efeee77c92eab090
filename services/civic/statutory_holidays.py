"""Days off that the national rule itself fixes: nobody works on them, whatever the year's notice, which comes in autumn, will say.

全国年节及纪念日放假办法 (国务院令第270号), art. 2 as revised with effect from 2008 (令第513号), 2014 (令第644号) and 2025 (令第795号).
"""

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

LUNAR_DAYS = Path(__file__).parent / "data" / "cn_lunar_days_2008_2070.csv"

SPRING_FESTIVAL = ((2025, (-1, 0, 1, 2)), (2014, (0, 1, 2)), (2008, (-1, 0, 1)))
"""Since when which days are off, counted from the first day of the lunar year; -1 is its eve (除夕)."""

LABOUR_DAY = ((2025, (1, 2)), (2008, (1,)))
"""Since when which days of May are off."""

Since = tuple[tuple[int, tuple[int, ...]], ...]


@lru_cache(maxsize=64)
def statutory_holidays(year: int) -> frozenset[date]:
    """The days of a year that are off by the rule; after the table's last year only those of the solar calendar, before 2008 none.

    What the rule said before 2008 is in the published calendar, which is whole for those years.
    """
    if year < SPRING_FESTIVAL[-1][0]:
        return frozenset()
    return frozenset({*_of_the_solar_calendar(year), *_of_the_lunar_calendar(year)})


def _of_the_solar_calendar(year: int) -> Iterator[date]:
    yield date(year, 1, 1)
    yield from (date(year, 5, day) for day in _in_force(LABOUR_DAY, year))
    yield from (date(year, 10, day) for day in (1, 2, 3))


def _of_the_lunar_calendar(year: int) -> Iterator[date]:
    if year not in _lunar_days():
        return
    spring_festival, *others = _lunar_days()[year]
    yield from (spring_festival + timedelta(days=day) for day in _in_force(SPRING_FESTIVAL, year))
    yield from others


def _in_force(rule: Since, year: int) -> tuple[int, ...]:
    return next(days for since, days in rule if year >= since)


@lru_cache(maxsize=1)
def _lunar_days() -> dict[int, list[date]]:
    """Of each year the first day of the lunar one, Qingming, Dragon Boat and Mid-Autumn."""
    with LUNAR_DAYS.open(encoding="utf-8", newline="") as file:
        rows = [[date.fromisoformat(day) for day in row] for row in list(csv.reader(file))[1:]]
    return {row[0].year: row for row in rows}
