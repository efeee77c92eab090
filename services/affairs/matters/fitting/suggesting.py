"""From circumstances to suggestions: every rule is asked, what is sure comes first, and what cannot be applied for is left out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from services.affairs.matters.fitting import (  # noqa: F401  declare the rules
    rules_of_age,
    rules_of_family,
    rules_of_hardship,
    rules_of_living,
)
from services.affairs.matters.fitting.rule import RULES, Reasons
from services.affairs.matters.fitting.terms import CERTAINTIES, Terms, all_terms

if TYPE_CHECKING:
    from collections.abc import Mapping

    from services.affairs.matters.fitting.circumstances import PersonalCircumstances
    from services.affairs.matters.fitting.ports import MatterToSuggest

OTHER_PERSON = "委托人"
"""Whom a helper's suggestions speak of, where they say 您 to the person."""


@dataclass(frozen=True)
class Suggestion:
    """One matter: how certain, why, what is still open, and the source of the rule."""

    matter_id: str
    name: str
    office: str
    elsewhere: str
    certainty: str
    because: tuple[str, ...]
    unsure: tuple[str, ...]
    source: str


def fitting(one: PersonalCircumstances) -> list[tuple[Terms, Reasons]]:
    """Ask every rule; gives what fits, the certain first, then what more reasons speak for, then as the table has it."""
    terms = all_terms()
    found = [(terms[name], reasons) for name, rule in RULES.items() if (reasons := rule(one, terms[name]))]
    order = list(terms)
    return sorted(
        found,
        key=lambda each: (
            CERTAINTIES.index(certainty(*each)),
            -len(each[1].because),
            order.index(each[0].rule),
        ),
    )


def certainty(terms: Terms, reasons: Reasons) -> str:
    """Tell how certain a rule is: what the table says, and less where a condition stayed open."""
    return "maybe" if reasons.open else terms.certainty


def suggestions(
    one: PersonalCircumstances,
    matters: Mapping[str, MatterToSuggest],
    kinds: tuple[str, ...],
    for_another: bool,
) -> list[Suggestion]:
    """Give what fits of these matters, by their item codes: each once, open ones only, and under a mandate those of its kinds."""
    given: dict[str, Suggestion] = {}
    for terms, reasons in fitting(one):
        matter = matters.get(terms.item_code)
        if matter is None or matter.state != "open" or (kinds and matter.kind not in kinds):
            continue
        said = [_said(each, for_another) for each in reasons.because]
        given.setdefault(
            matter.id,
            Suggestion(
                matter_id=matter.id,
                name=matter.name,
                office=matter.office,
                elsewhere=matter.elsewhere,
                certainty=certainty(terms, reasons),
                because=tuple(said),
                unsure=(*reasons.open, terms.office_says),
                source=terms.source,
            ),
        )
    return list(given.values())


def _said(sentence: str, for_another: bool) -> str:
    return sentence.replace("您", OTHER_PERSON) if for_another else sentence
