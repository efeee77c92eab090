"""How a rule is declared, and what it answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from services.affairs.matters.fitting.circumstances import PersonalCircumstances
from services.affairs.matters.fitting.terms import Terms


@dataclass(frozen=True)
class Reasons:
    """Why a matter fits, a sentence for each condition that is met; `open` are conditions that nobody has said: then it only may fit."""

    because: tuple[str, ...]
    open: tuple[str, ...] = ()


Rule = Callable[[PersonalCircumstances, Terms], Reasons | None]
RULES: dict[str, Rule] = {}
"""Every rule by its name, in the order in which they are declared."""


def rule(function: Rule) -> Rule:
    """Declare a rule under the name of its function, which is that of its row in `data/rules.csv`."""
    RULES[function.__name__] = function
    return function


def because(*reasons: str, open: tuple[str, ...] = ()) -> Reasons:
    """Answer that the matter fits, for these reasons."""
    return Reasons(reasons, open)


def of_its_age(one: PersonalCircumstances, terms: Terms) -> bool:
    """Tell whether somebody is surely of the age that the terms name."""
    return one.is_between(terms.from_age, terms.until_age)


def age_reached(terms: Terms) -> str:
    """Say the age that was reached."""
    return f"您满{terms.from_age}周岁"
