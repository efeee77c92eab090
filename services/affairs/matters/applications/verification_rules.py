"""The rules of what a window has verified and what is used again; each is our own choice unless it names its source."""

from collections.abc import Collection
from datetime import datetime, timedelta

from services.affairs.matters.applications.materials import same, told
from services.affairs.matters.applications.rules import OPEN_STATES, STANDS
from services.chassis.core.errors import Conflict, Rejected

VERIFIED_IN = (*OPEN_STATES, "decided", "rated")
"""States in which a window can still see the original: while it is open, and when the result is fetched."""

MOST_DAYS = 1095
"""Three years: longer than any default, so that nothing is used again for ever."""


def materials_are_verified_while_the_case_stands(state: str) -> None:
    """Of what was never decided nothing is kept for the next time."""
    if state not in VERIFIED_IN:
        raise Conflict(
            "application.not_verified_any_more",
            f"这件申请{STANDS[state]}，不能再核验材料。",
            state=state,
        )


def only_what_is_used_again_is_verified(material: str, verifiable: Collection[str]) -> None:
    """Only a material of trust B is verified once and used again; others are looked at each time."""
    if material not in verifiable:
        raise Rejected(
            "application.not_verifiable",
            f"“{material}”不是“窗口核验后可重复使用”的材料，不用登记核验，请照常审查。",
        )


def a_material_is_verified_once(material: str, verified: Collection[str]) -> None:
    """Of two clerks one has compared it; the second reads that it was done."""
    if material in verified:
        raise Conflict("application.verified_already", f"“{material}”在这件申请里已经核验过，不用再登记。")


def only_what_can_be_looked_at_is_verified(count: int) -> None:
    """What was compared is a file that the applicant handed in for this case and that the scanner has let through."""
    if not count:
        raise Rejected(
            "application.nothing_to_verify",
            "这项材料没有本次交来、可以打开的照片或 PDF，请先让申请人上传，再对照原件核验。",
        )


def a_verification_ends_in_time(valid_until: datetime, ends_on: datetime | None, now: datetime) -> None:
    """It holds from today on, at most three years, and never longer than the paper itself."""
    if ends_on is not None and ends_on < now:
        said = "证件本身已经过期，不能核验，请申请人换新的。"
    elif valid_until < now:
        said = "有效期不能早于今天，请改成今天或以后的日期。"
    elif ends_on is not None and valid_until > ends_on:
        said = "有效期不能超过证件本身的到期日，请改早。"
    elif valid_until > now + timedelta(days=MOST_DAYS + 1):
        said = f"有效期最长 {MOST_DAYS // 365} 年，请改早。"
    else:
        return
    raise Rejected("application.verification_too_long", said)


def a_paper_is_used_for_its_own_material(of_paper: str, of_case: str) -> None:
    """A household book that was verified is no identity card; both names in the form of `same`."""
    if of_paper != of_case:
        raise Rejected(
            "application.other_material", "这份证明材料不是这一项要的，请选这一项下面列出的，或者上传。"
        )


def what_was_verified_before_is_asked_for_again_only_with_a_reason(
    asked: list[dict], standing: Collection[str]
) -> None:
    """A window has verified it and it has not lapsed: who asks for it all the same says why, material by material."""
    silent = [one["name"] for one in asked if not one["note"].strip() and same(one["name"]) in standing]
    if silent:
        raise Rejected(
            "application.verified_before",
            f"{told(silent)}是以前窗口核验过、还在有效期内的材料，不能再要；确实要补的，请逐项写明为什么。",
            materials=silent,
        )
