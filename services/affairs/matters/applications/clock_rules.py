"""The rules of an application's clock, one function per sentence of the law (行政许可法 2019) or of this platform."""

from datetime import datetime

from services.chassis.core.errors import Conflict, Forbidden, Rejected

LICENSING_LAW = "行政许可法"
LICENCE = "1"
"""The kind of matters that are licences, whatever other law speaks of them too."""

JOINT_DAYS = 45
"""Working days of a decision that several offices take together (art. 42(2)); the law has no other term as long."""

BY_LAW = {
    "extension": {"days": 10, "unit": "working", "law": LICENSING_LAW, "article": "第四十二条"},
    "joint_extension": {"days": 15, "unit": "working", "law": LICENSING_LAW, "article": "第四十二条第二款"},
    "delivery": {"days": 10, "unit": "working", "law": LICENSING_LAW, "article": "第四十四条"},
}
"""What the Licensing Law says itself of every licence, where the matter does not name it."""

NOT_COUNTED = (
    *("hearing", "tender", "auction", "inspection", "testing", "quarantine", "appraisal", "expert_review"),
)
"""The closed list of what does not count (art. 45): 听证、招标、拍卖、检验、检测、检疫、鉴定、专家评审."""

OWN_GROUND = "own_rule"
"""What the law of a matter that is no licence does not count."""

GROUNDS = (*NOT_COUNTED, OWN_GROUND)

HEAD, COUNTY = 1, 2
"""How far up it was told that a time is over."""

DAYS_OF_THE_HEAD = 3
"""Working days that the head has before the county hears of it: our choice."""

SOON_DAYS = 3
"""The last working days of a time, today among them, in which it is shown as ending soon: our choice."""


def the_licensing_law_governs(kind: str | None, governs: str) -> bool:
    """A licence follows the Licensing Law also where a nearer law names its own term (art. 42(1): 法律、法规另有规定的，依照其规定)."""
    return kind == LICENCE or governs == LICENSING_LAW


def it_is_decided_jointly(licence: bool, statutory_days: int) -> bool:
    """Forty-five working days have only those licences that several offices decide together (art. 42(2))."""
    return licence and statutory_days == JOINT_DAYS


def the_time_runs_from_receipt(term: dict | None) -> bool:
    """Some laws count from receipt (收到申请之日起, 社会保险经办条例 art. 6), most from acceptance (受理之日起, 行政许可法 art. 42)."""
    text = term["text"] if term else ""
    return "收到" in text and "受理" not in text


def the_law_names_an_extension(allowed: dict | None) -> dict:
    """A time is extended only where the law of the matter says so, and by how much: gives that rule."""
    if not allowed or not allowed["days"]:
        raise Rejected(
            "application.no_extension_in_law", "这个事项的法律依据没有规定可以延长期限，请在期限内作出决定。"
        )
    return allowed


def only_the_governments_head_extends_a_joint_decision(joint: bool, is_of_the_county: bool) -> None:
    """Where offices decide together the head of the government approves, not that of one office (art. 42(2))."""
    if joint and not is_of_the_county:
        raise Forbidden(
            "application.joint_extension_by_the_government",
            "统一、联合或者集中办理的，延长期限由本级人民政府负责人批准，请报县里。",
        )


def a_time_is_extended_once(extension: dict | None) -> None:
    """The law knows one extension (art. 42)."""
    if extension is not None:
        raise Conflict(
            "application.extended_already", "这件申请的期限已经延长过一次，不能再延长，请在期限内作出决定。"
        )


def no_longer_than_the_law_allows(days: int, allowed: dict) -> None:
    """Less is always possible."""
    if days > allowed["days"]:
        raise Rejected(
            "application.extension_too_long",
            f"最多可以延长 {allowed['days']} 天（{allowed['law']}{allowed['article']}），请改短。",
            most=allowed["days"],
        )


def only_while_time_is_left(now: datetime, ends: datetime | None) -> None:
    """What is over is neither extended nor suspended: the office is late, and either would hide it."""
    if ends is not None and now > ends:
        raise Conflict(
            "application.time_is_over",
            "期限已经过了，不能再延长，也不能停止计时，请尽快作出决定。",
            ended_at=ends.isoformat(),
        )


def only_what_the_law_lists_is_not_counted(ground: str, licence: bool, own: dict | None) -> None:
    """Of a licence the closed list of art. 45, of another matter what its own law names, and nothing else."""
    if licence and ground == OWN_GROUND:
        raise Rejected(
            "application.ground_not_listed",
            "只有听证、招标、拍卖、检验、检测、检疫、鉴定和专家评审的时间不计入期限（行政许可法第四十五条），请选其中一项。",
        )
    if not licence and own is None:
        raise Rejected(
            "application.no_suspension_in_law",
            "这个事项的法律依据没有规定不计入期限的时间，不能停止计时，请在期限内作出决定。",
        )
    if not licence and ground != OWN_GROUND:
        raise Rejected(
            "application.ground_not_of_this_matter", f"这个事项只有这样的时间不计入：{(own or {})['text']}"
        )


def it_is_not_suspended_twice_at_once(suspended_until: datetime | None) -> None:
    """One ends before the next one begins, so that no day is left out twice."""
    if suspended_until is not None:
        raise Conflict("application.suspended_already", "这件申请正在停止计时，请先恢复计时。")


def only_a_day_to_come_ends_a_suspension(until: datetime, now: datetime, most: datetime) -> None:
    """The applicant is told how long it takes (art. 45: 将所需时间书面告知); `most` is what the matter's law allows, or a year."""
    if until <= now:
        raise Rejected("application.suspension_over_already", "停止计时要到以后的一天为止，请填以后的日期。")
    if until > most:
        raise Rejected(
            "application.suspension_too_long",
            "停止计时的时间太长了，请改短；到期还没有结束的，可以再办一次。",
            most=most.isoformat(),
        )


def only_what_is_suspended_goes_on(suspended_until: datetime | None) -> None:
    """Nothing else can be resumed."""
    if suspended_until is None:
        raise Conflict("application.not_suspended", "这件申请没有停止计时，不用恢复。")
