"""What a version must say before it is published, and who may publish it; most of it is our choice, for want of a law about such lists."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from services.chassis.core.errors import Conflict, Forbidden, Rejected

if TYPE_CHECKING:
    from services.integrity.openness.powers.content import PowerContent

LONGEST_REVIEW = timedelta(days=3 * 366)
"""Within which a version is looked at again: our choice, the term of a village committee is five years (村民委员会组织法 art. 11)."""


def a_power_is_told_in_steps(content: PowerContent) -> None:
    """A power without a step or without who holds it tells a villager nothing."""
    if not content.steps or not content.who:
        raise Rejected("power.without_steps", "请写明谁来决定、谁来办，并至少写一个步骤，再公布。")


def a_power_names_its_law(content: PowerContent) -> None:
    """What no law with its article is named for is somebody's opinion, and is not published as a rule."""
    if not any(one["law"] and one["article"] for one in content.laws):
        raise Rejected("power.without_law", "请至少写明一部法律和它的条款，再公布。")


def a_version_is_reviewed_again(content: PowerContent, today: date) -> None:
    """Laws change: each version says by when somebody looks at it again, after today and within three years."""
    latest = today + LONGEST_REVIEW
    if not today.isoformat() < content.review_by <= latest.isoformat():
        raise Rejected(
            "power.review_day_needed", "请填写复核日期：明天以后、三年以内，到时再核对一遍法律有没有变。"
        )


def a_case_is_published_already(content: PowerContent, today: date) -> None:
    """Only what an office has published is told as a case: never one of a day to come."""
    if any(one["published_on"] > today.isoformat() for one in content.cases):
        raise Rejected("power.case_not_published_yet", "案例的公布日期不能晚于今天，请核对。")


def another_person_publishes(authors: list[str], by: str) -> None:
    """Who wrote any of a draft, or handed it in, neither publishes it nor gives it back: two people of the county see each version."""
    if by in authors:
        raise Forbidden("power.own_draft", "自己写的或交审的草稿不能自己审核，请县里另一位工作人员审核。")


def each_step_has_its_state(expected: tuple[str, ...], state: str) -> None:
    """A draft is handed in once it is written, and judged once it is handed in."""
    if state not in expected:
        raise Conflict("power.draft_step_does_not_fit", "草稿现在不在这一步，请刷新后再看。", state=state)


def only_what_is_in_force_is_withdrawn(state: str) -> None:
    """What was never published, or is withdrawn, is not in force."""
    if state != "published":
        raise Conflict("power.not_in_force", "这一项现在没有公布，不用停用；还没有公布的，请撤下草稿。")
