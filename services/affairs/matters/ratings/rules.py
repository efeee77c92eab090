"""The rules of ratings, one function per sentence (国办发〔2019〕51号; what is our choice says so)."""

from collections.abc import Collection

from services.chassis.core.errors import Conflict, Forbidden, NotFound

OPEN = ("to_call", "mending", "answered")
"""A bad rating: somebody has to call back; mends it; has answered, and the citizen says whether it is mended."""

BAD_LEVELS = (1, 2)
"""非常不满意 and 不满意."""

STANDS = {
    "given": "这条评价不是差评，没有要办的",
    "to_call": "还没有回访",
    "mending": "已经回访，正在整改",
    "answered": "已经答复，正等群众确认",
    "mended": "群众已经确认改好，办完了",
    "unconfirmed": "已经答复，群众在期限内没有提出，办完了",
    "not_mended": "县里答复后群众仍认为没有改好，已经办结",
    "malicious": "已经认定为恶意差评，办完了",
}
"""How a rating stands in each state, for who comes with another step."""


def a_bad_one_opens_a_case(level: int) -> bool:
    """Two of the five levels are bad: somebody calls back and mends."""
    return level in BAD_LEVELS


def only_a_step_that_fits(state: str, *fitting: str) -> None:
    """Called back first, then answered, then confirmed."""
    if state not in fitting:
        raise Conflict(
            "rating.step_does_not_fit", f"这条评价{STANDS[state]}，不能办这一步，请刷新后再看。", state=state
        )


def nobody_handles_a_rating_of_the_own_work(official: str, actor: str) -> None:
    """Who was rated neither calls back nor answers nor decides."""
    if official == actor:
        raise Forbidden("rating.of_your_own_work", "这条评价评的是您办的事，请由别人回访和处理。")


def what_went_up_is_the_countys(raised: bool, of_the_county: bool) -> None:
    """The town had its time, or its answer did not do."""
    if raised and not of_the_county:
        raise Forbidden("rating.with_the_county", "这条差评已经转到县里，请由县级管理员处理。")


def only_who_was_rated_appeals(official: str, actor: str) -> None:
    """It is their name that a malicious one hurts; another's is not found."""
    if official != actor:
        raise NotFound("rating.not_found", "没有找到这条评价，请核对编号。")


def one_appeal_is_made(appeal_state: str) -> None:
    """Once: decided is decided."""
    if appeal_state:
        raise Conflict("rating.appealed_already", "这条评价已经申诉过，只能申诉一次。")


def only_an_open_appeal_is_decided(appeal_state: str) -> None:
    """Two decisions would contradict each other."""
    if appeal_state != "asked":
        raise Conflict("rating.no_open_appeal", "这条评价没有等着决定的申诉，请刷新后再看。")


def an_appeal_is_decided_by_another_officer(handled_by: Collection[str], actor: str) -> None:
    """Neither by who was rated nor by who called back or answered (our choice: they have said already what they think of it)."""
    if actor in handled_by:
        raise Forbidden("rating.appeal_of_your_own_case", "您参与过这件事，请由另一位管理员决定这次申诉。")


def the_question_is_answered_once_it_is_asked(asked: bool, solved: str) -> None:
    """Four weeks later, once."""
    if not asked:
        raise Conflict("rating.not_asked_yet", "还没有到问您的时候，评价满四周后会通知您，请到时再答复。")
    if solved:
        raise Conflict("rating.told_already", "您已经答复过是否真正解决，不用再答复。")


def a_link_is_of_a_handling() -> NotFound:
    """Say the same of a wrong link and of what is not handled yet."""
    return NotFound(
        "rating.link_unknown", "没有找到这个评价链接：网址不完整，或者这件事还没有办结。请重新扫码。"
    )


def only_what_is_handled_has_a_link(handled: bool) -> None:
    """Before the office has answered there is nothing to rate."""
    if not handled:
        raise Conflict("rating.not_handled_yet", "这件申请还没有办结，请办结以后再打开评价二维码。")


def is_open(state: str) -> bool:
    """Tell whether a case waits for somebody."""
    return state in OPEN
