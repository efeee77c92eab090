"""What the rules look at: how old somebody is, and what was ticked or, with leave, is known; nothing that was not said is assumed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from services.civic.birthdays import birthday

if TYPE_CHECKING:
    from collections.abc import Mapping

AGE_BANDS: dict[str, tuple[int, int | None]] = {
    "under_6": (0, 6),
    "from_6": (6, 16),
    "from_16": (16, 18),
    "from_18": (18, 60),
    "from_60": (60, 80),
    "from_80": (80, None),
}
"""Bands of ages in years, from and below: for who does not want to tell a day."""

HOME = (
    *("newborn", "school_child", "without_parents", "nobody_supports", "died", "build"),
    *("away", "farm", "livestock", "lost_job"),
)
"""What can be ticked of the family and of the daily life."""

HARDSHIP = (
    *("minimum_living", "low_income", "sudden", "disaster", "chronic"),
    *("severely_disabled", "disabled", "disabled_without_card"),
    *("veteran", "one_child_family", "lost_only_child"),
)
"""What can be ticked of papers and hardship."""

CARDS = ("severely_disabled", "disabled")
"""The first are grades 1 and 2 of a disability certificate, the second grades 3 and 4."""
SEVERE_GRADE = 2


@dataclass(frozen=True)
class PersonalCircumstances:
    """One person on one day; `ticked` are values of HOME and HARDSHIP; `from_the_village` names what of it the village has entered."""

    today: date
    born_on: date | None = None
    age_band: str = ""
    ticked: frozenset[str] = frozenset()
    from_the_village: frozenset[str] = frozenset()

    def is_at_least(self, years: int) -> bool:
        """Tell whether somebody is surely so old; an age that nobody told is no age."""
        if self.born_on:
            return self.today >= birthday(self.born_on, years)
        return self.age_band in AGE_BANDS and AGE_BANDS[self.age_band][0] >= years

    def is_below(self, years: int) -> bool:
        """Tell whether somebody is surely not so old yet."""
        if self.born_on:
            return self.today < birthday(self.born_on, years)
        until = AGE_BANDS[self.age_band][1] if self.age_band in AGE_BANDS else None
        return until is not None and until <= years

    def is_between(self, youngest: int | None, oldest: int | None) -> bool:
        """Tell whether somebody is surely at least `youngest` and below `oldest`; None is no border."""
        old_enough = youngest is None or self.is_at_least(youngest)
        return old_enough and (oldest is None or self.is_below(oldest))

    def has(self, *ticks: str) -> bool:
        """Tell whether one of these was ticked or is known."""
        return bool(self.ticked & set(ticks))

    def known_by_the_village(self, facts: Mapping[str, str]) -> PersonalCircumstances:
        """Take what the village has entered, in place of what was answered about the same.

        `facts` are {born_on: ISO date, disability_grade: "1" to "4", away: "yes"}, as far as they are entered.
        """
        one, told = self, set()
        if facts.get("born_on"):
            one, told = replace(one, born_on=date.fromisoformat(facts["born_on"])), {"born_on"}
        if grade := facts.get("disability_grade"):
            card = CARDS[int(grade) > SEVERE_GRADE]
            others = one.ticked - {*CARDS, "disabled_without_card"}
            one, told = replace(one, ticked=others | {card}), told | {card}
        if facts.get("away"):
            one, told = replace(one, ticked=one.ticked | {"away"}), told | {"away"}
        return replace(one, from_the_village=frozenset(told))
