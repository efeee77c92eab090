"""What is done: suggest by answers and by what the village has entered, keep answers, let them go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.affairs.matters.fitting.circumstances import PersonalCircumstances
from services.affairs.matters.fitting.model import KeptFittingAnswers
from services.affairs.matters.fitting.suggesting import suggestions
from services.affairs.matters.fitting.terms import all_terms
from services.chassis.core.clock import day_of
from services.chassis.core.errors import Conflict, DomainError, Rejected

if TYPE_CHECKING:
    from services.affairs.matters.fitting.ports import MattersToSuggest
    from services.affairs.matters.fitting.store import FittingAnswerStore
    from services.civic.calls import Call
    from services.civic.ports import MustNotLeave, People

AGREED = "agreed"
"""The fact that there is leave, beside which the others stand."""


def suggest(matters: MattersToSuggest, call: Call) -> dict:
    """Give what fits by the answers alone; nothing of it is kept. Raises Rejected for a day of birth that is to come."""
    return _suggested(matters, _answered(call.data, call), "not_asked", call)


def suggest_own(matters: MattersToSuggest, call: Call) -> dict:
    """Give what fits the caller or the ward, also by what the village has entered; raises Conflict until that is told."""
    one = _answered(call.data, call)
    if not call.data["known"]:
        return _suggested(matters, one, "not_asked", call)
    facts = dict(what_the_village_has_entered_is_told(call.actor.facts))
    leave = "given" if facts.pop(AGREED, "") else "missing"
    return _suggested(matters, one.known_by_the_village(facts), leave, call)


def _suggested(matters: MattersToSuggest, one: PersonalCircumstances, leave: str, call: Call) -> dict:
    mandate = call.actor.on_behalf_of
    found = matters.of_codes([terms.item_code for terms in all_terms().values()])
    items = suggestions(one, found, mandate.kinds if mandate else (), bool(mandate))
    return {"items": items, "leave": leave, "from_the_village": sorted(one.from_the_village)}


def keep(
    answers: FittingAnswerStore, people: People, must_not_leave: MustNotLeave, call: Call
) -> KeptFittingAnswers:
    """Keep the answers in place of what was kept; raises Rejected for whom the platform does not know yet, or who is leaving.

    Whether the person is being erased is asked again once they are written: what was kept meanwhile is deleted.
    """
    person = call.actor.id
    _answered(call.data, call)
    standing = people.standing(person)
    only_of_whom_the_village_is_known_is_kept(standing.region)
    must_not_leave(person)
    found = answers.of(person, call.now)
    kept = found or KeptFittingAnswers(person, standing.region, call.now, call.now, edition=standing.edition)
    kept.take(call.data, call.now)
    if found:
        answers.save(kept, [], call)
    else:
        answers.forget(person)  # one whose time is over, and that is still there
        answers.add(kept, [], call)
    try:
        must_not_leave(person)
    except DomainError:
        answers.forget(person)
        raise
    return kept


def own(answers: FittingAnswerStore, call: Call) -> KeptFittingAnswers:
    """Find what the caller keeps; raises NotFound."""
    found = answers.of(call.actor.id, call.now)
    if found is None:
        raise answers.not_found()
    return found


def discard(answers: FittingAnswerStore, call: Call) -> dict:
    """Delete what the caller keeps; where there is nothing it is done as well."""
    answers.forget(call.actor.id)
    return {"kept": False}


def _answered(asked: dict, call: Call) -> PersonalCircumstances:
    today = day_of(call.now)
    if asked["born_on"] and asked["born_on"] > today:
        raise Rejected("fitting.born_later", "出生日期在今天之后，请核对后再填。")
    ticked = frozenset((*asked["home"], *asked["hardship"]))
    return PersonalCircumstances(today, asked["born_on"], asked["age_band"] or "", ticked)


def what_the_village_has_entered_is_told(
    facts: tuple[tuple[str, str], ...] | None,
) -> tuple[tuple[str, str], ...]:
    """What the village has entered comes from identity alone, asked for by the gateway once it is needed (and, without leave, empty)."""
    if facts is None:
        raise Conflict("fitting.facts_needed", "要用到村里登记的情况，请从本平台的页面或者接口重新提交。")
    return facts


def only_of_whom_the_village_is_known_is_kept(region: str) -> None:
    """What is kept follows its person's village; of who has just registered it is not heard yet."""
    if not region:
        raise Rejected("fitting.not_known_yet", "刚注册的账号还没有同步好，请几秒后再保存。")
