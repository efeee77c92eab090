"""An act on several screens: what was filled in before goes along in hidden fields, and the last screen is sent on.

A screen is checked by the contract alone before the next one is shown; what only a service can know is refused at the end. The
stamp is the same on all of them: who comes back after the end and sends once more has done it once.
"""

from collections.abc import Collection

from werkzeug.datastructures import MultiDict

from gateway.web.declarations import Action
from services.chassis.core.cleaning import is_number

STEP, GO, LATER = "step", "go", "later"
CONTROLS = ("act", "stamp", "anew", STEP, GO, "more", "less", LATER, "kept", "proof_of_work")
NEXT = "下一步"


def at(act: Action, sent: MultiDict) -> int:
    """Tell which screen came back."""
    return _number(act, sent.get(STEP, "")) or 0


def asked_for(act: Action, sent: MultiDict) -> int | None:
    """Tell which screen a button asks for, without a check of this one; None where it goes on."""
    return _number(act, sent.get(GO, ""))


def to_correct(act: Action, sent: MultiDict, wrong: Collection[str]) -> int:
    """Tell on which screen a refusal is shown: the first one with a field that is wrong, else the one that came back."""
    if not act.steps:
        return 0
    asked = {name for one in wrong for name in _names(one)}
    found = (
        number for number, step in enumerate(act.steps) if not asked.isdisjoint((*step.fields, *step.own))
    )
    return next(found, at(act, sent))


def carried(act: Action, step: int, sent: MultiDict) -> tuple[tuple[str, str], ...]:
    """Give what was filled in on the other screens; a password is typed on the last one, and never stands in a page."""
    here = {*act.steps[step].fields, *act.steps[step].own}
    return tuple(
        (name, value)
        for name, value in sent.items(multi=True)
        if name not in CONTROLS and "password" not in name and not here & _names(name)
    )


def _number(act: Action, text: str) -> int | None:
    return min(int(text), len(act.steps) - 1) if is_number(text) and len(text) < 3 else None


def _names(name: str) -> set[str]:
    """A remark on one of several is called "note 户口簿", the year of a date "since-year", an answer "answers.elder.way"."""
    within = {name[:at] for at, letter in enumerate(name) if letter == "."}
    return {name, name.partition(" ")[0], name.partition("-")[0], *within}
