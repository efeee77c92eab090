"""The rules of results, one function per sentence."""

from services.chassis.core.errors import Conflict, NotFound, Rejected

STANDING = ("making", "issued")
"""Of one application one such result at a time."""

GRANTED = "granted"
DECIDED = ("decided", "rated")


def only_what_was_granted_has_a_result(state: str, outcome: str | None, erased: bool) -> None:
    """What was not granted is told with the decision itself (行政许可法 art. 38); whose account is erased is asked at the window."""
    if state not in DECIDED:
        raise Conflict(
            "result.not_decided", "这件申请还没有作出决定，请先作出决定，再出具结果文书。", state=state
        )
    if outcome != GRANTED:
        raise Conflict(
            "result.not_granted", "这件申请没有批准，不出具结果文书；理由已随决定告知，请申请人看决定。"
        )
    if erased:
        raise Conflict("result.applicant_gone", "申请人已经注销账号，请在窗口另行出具。")


def only_one_result_stands() -> Conflict:
    """Two papers that say two things of one decision: nobody could tell which one holds."""
    return Conflict(
        "result.stands_already", "这件申请已经出具了结果文书。内容有错的，请先撤销原来的，再重新出具。"
    )


def only_what_is_issued(state: str) -> None:
    """What is still made is nobody's yet, and what was revoked is worth nothing."""
    if state == "making":
        raise Conflict("result.still_making", "这份文书正在制作，请过一两分钟再看。", state=state)
    if state == "revoked":
        raise Conflict(
            "result.revoked_already", "这份文书已经撤销，不能再办这一步；需要的请重新出具。", state=state
        )


def a_delivery_is_changed_until_it_is_done(handed: bool) -> None:
    """What was handed over, or is with the post, goes nowhere else."""
    if handed:
        raise Conflict(
            "result.handed_over_already",
            "这份文书已经交付，不能再改领取方式；需要再领一份的，请联系承办单位。",
        )


def what_is_posted_has_an_address(way: str, address: dict | None) -> None:
    """And nothing else needs one: it is not asked for in reserve (个人信息保护法 art. 6)."""
    if way == "post" and not address:
        raise Rejected("result.address_needed", "邮寄需要收件人、手机号和详细地址，请填写完整。")
    if way != "post" and address:
        raise Rejected("result.address_not_needed", "只有邮寄才需要收件地址，请不要填写。")


def what_comes_by_the_page_alone_is_not_handed_over(way: str) -> None:
    """Nobody waits for it."""
    if way == "page":
        raise Conflict(
            "result.nothing_to_hand_over",
            "申请人选择自己在网上下载，不需要交付；要交付的，请申请人先改领取方式。",
        )


def only_what_is_ours() -> NotFound:
    """Say the same of what never was and of what another one's paper looks like."""
    return NotFound(
        "result.not_ours",
        "没有找到这份文书：它不是本平台出具的，或者编号、校验码抄错了。请核对后再试，仍查不到的，请向落款单位核实。",
    )
