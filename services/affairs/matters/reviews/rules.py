"""The rules of a review, one function per sentence: our own service, which takes nothing away from what the law gives."""

from collections.abc import Collection
from datetime import datetime

from services.chassis.core.errors import Conflict, NotFound, Rejected

OFFICE, COUNTY = "office", "county"
"""Who looks at it: somebody else of the office that decided, then the county."""

OPEN = ("asked", "taken")
"""Somebody has to take it; has it and decides."""

RUN_ON = "申请行政复议（六十日）和提起行政诉讼（六个月）的期限照常计算，不因复核停下来；不申请复核也可以直接复议、起诉。"
"""What is said wherever a review is spoken of."""

STANDS = {
    "asked": "正等人接手复核",
    "taken": "已经有人接手，正在复核",
    "upheld": "已经复核，维持了原决定",
    "set_aside": "已经复核，撤销了原决定",
    "withdrawn": "已经撤回",
}
"""How a review stands in each state, for who comes with another step."""


def the_decision_of(state: str, outcome: str | None) -> str:
    """What of an application can be reviewed: 不予受理, 不予批准, a lapse, and what was granted only in part; raises Conflict for what is not decided."""
    if state == "lapsed":
        return "lapsed"
    if state in ("decided", "declined", "rated"):
        return outcome or "declined"
    raise Conflict(
        "review.nothing_decided", "这件申请还没有决定，没有可以复核的，请等办结以后再提。", state=state
    )


def it_is_asked_in_time(now: datetime, ask_by: datetime) -> None:
    """Nobody waits for ever for what may still change; the law's own terms are longer."""
    if now > ask_by:
        raise Rejected(
            "review.too_late",
            "申请复核的期限已经过了。不服决定的，还可以依法申请行政复议或者提起行政诉讼，页面上写着各自的最后一天。",
            ask_by=ask_by.isoformat(),
        )


def only_a_step_that_fits(state: str, *fitting: str) -> None:
    """Asked, taken, decided."""
    if state not in fitting:
        raise Conflict(
            "review.step_does_not_fit", f"这件复核{STANDS[state]}，不能办这一步，请刷新后再看。", state=state
        )


def who_had_a_hand_in_it_does_not_review_it(handlers: Collection[str], actor: str) -> None:
    """Another one than those who handled it, or reviewed it before; for them there is no such review (as 行政处罚法 art. 43 has it: 回避)."""
    if actor in handlers:
        raise NotFound("review.not_found", "没有找到这件复核，请核对编号。")


def only_who_has_taken_it_decides(taken_by: str, actor: str) -> None:
    """Whoever has looked into it answers for it."""
    if taken_by != actor:
        raise Conflict("review.taken_by_another", "这件复核由另一位同事接手，请由他决定。", taken_by=taken_by)


def only_what_was_upheld_goes_on(state: str) -> None:
    """There is something to complain of only after an answer; until then it can be withdrawn."""
    only_a_step_that_fits(state, "upheld")


def the_countys_word_is_the_last_one_here(level: str) -> None:
    """Inside the platform; the law's ways are open."""
    if level == COUNTY:
        raise Conflict(
            "review.final", "县里已经复核过，平台内不再复核；仍不服的，请依法申请行政复议或者提起行政诉讼。"
        )


def it_goes_on_in_time(now: datetime, raise_by: datetime | None) -> None:
    """As long as for the first one."""
    if raise_by is None or now > raise_by:
        raise Rejected(
            "review.too_late_for_the_county",
            "请县里复核的期限已经过了。不服决定的，还可以依法申请行政复议或者提起行政诉讼，页面上写着各自的最后一天。",
        )


def is_open(state: str) -> bool:
    """Tell whether a review waits for somebody."""
    return state in OPEN
