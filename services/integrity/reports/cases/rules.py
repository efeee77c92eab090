"""The rules of anonymous reports, one function for each sentence."""

from datetime import date, datetime, timedelta

from services.chassis.core.errors import Conflict, Forbidden, Rejected

COUNTY_DIGITS, TOWN_DIGITS = 6, 9
MESSAGES = 100
REVIEW_DAYS = 30

OPEN = ("received", "accepted", "review_asked")
"""States in which the committee still has to do something."""

STANDS = {
    "received": "还没有受理",
    "accepted": "正在办理",
    "not_accepted": "已经不予受理",
    "concluded": "已经办结",
    "withdrawn": "已经撤回",
    "review_asked": "已经申请复核",
}
"""How a report stands in each state, for who asks for another step."""

TOO_LATE = "不能再这样办理"
DUE = {
    "officer": {"received": "请先受理", "accepted": "请办理后作出结论", "review_asked": "请先受理复核"},
    "reporter": {"received": "请等受理", "accepted": "请等办结", "review_asked": "请等复核办结"},
}
"""For who takes a step, and each state in which something is still to come: what is due first."""


def a_report_goes_to_the_countys_discipline_committee(place: str) -> str:
    """The region of the handlers: always the county, never the village or town where it happened, whoever is named."""
    return place[:COUNTY_DIGITS]


def nobody_of_the_town_handles_it(place: str) -> str:
    """The town whose people are kept out, with those of its villages; empty where it happened at the county."""
    return place[:TOWN_DIGITS] if len(place) >= TOWN_DIGITS else ""


def only_a_certified_resident_reports_under_the_own_name(kind: str, certified: bool) -> None:
    """A name is voluntary; who gives it must be known to be that person."""
    if kind != "resident" or not certified:
        raise Rejected(
            "report.name_not_certified",
            "实名举报需先登录并通过村里的认证（刚通过认证的请几秒后再试），您也可以选择不署名。",
        )


def what_happened_lies_in_the_past(happened_on: date | None, today: date) -> None:
    """What is still to come cannot be reported as having happened."""
    if happened_on and happened_on > today:
        raise Rejected("report.happens_later", "发生日期不能晚于今天，请核对后重新填写。")


def only_the_officer_in_charge_handles_it(handler: str | None, officer: str) -> None:
    """Once an officer has taken a report, no other reads its text or acts on it."""
    if handler not in (None, officer):
        raise Forbidden("report.not_in_charge", "这件举报已由另一位承办人办理，您无需处理。")


def an_officer_takes_it_once(handler: str | None) -> None:
    """Taking a report that one has already taken changes nothing and is refused."""
    if handler is not None:
        raise Conflict("report.taken_already", "您已经受理这件举报，请继续办理。")


def an_officer_takes_it_before_acting(handler: str | None) -> None:
    """Answers and conclusions come from the officer who has taken the report."""
    if handler is None:
        raise Conflict("report.nobody_in_charge", "请先受理这件举报，再继续办理。")


def nobody_handles_a_report_about_himself(recused: list[dict], official: str) -> None:
    """An official is kept from a report once; from then on the report does not exist for that official."""
    if any(entry["official"] == official for entry in recused):
        raise Conflict("report.recused_already", "这位工作人员已经回避，无需重复登记。")


def only_a_report_in_hand_can_be(state: str, wanted: tuple[str, ...], by: str = "officer") -> None:
    """A step is taken once, in its turn; who comes too early reads what is due."""
    if state not in wanted:
        is_now, due = STANDS[state], DUE[by].get(state, TOO_LATE)
        raise Conflict("report.not_its_turn", f"这件举报{is_now}，{due}。", state=state)


def a_review_is_done_by_somebody_else(state: str, conclusions: list[dict], officer: str) -> None:
    """Who concluded a report does not review the own conclusion."""
    if state in ("review_asked", "accepted") and any(c["official"] == officer for c in conclusions):
        raise Forbidden("report.reviews_own_conclusion", "复核应由另一位工作人员承办，请移交同事。")


def at_most_one_hundred_messages(messages: list[dict]) -> None:
    """One report holds 100 messages, those of both sides together."""
    if len(messages) >= MESSAGES:
        raise Rejected(
            "report.too_many_messages", f"这件举报的留言已满 {MESSAGES} 条，如有新情况请另行举报。"
        )


def satisfaction_is_rated_once(rating: int | None) -> None:
    """The first rating counts."""
    if rating is not None:
        raise Conflict("report.rated_already", "您已经评价过，无需再次评价。")


def a_review_is_asked_once_within_thirty_days(
    asked_at: datetime | None, concluded_at: datetime | None, now: datetime
) -> None:
    """Thirty days after the conclusion are for asking once; a second review does not follow the first."""
    if asked_at is not None:
        raise Conflict(
            "report.review_asked_already", "复核只能申请一次，如不同意结果请向上级纪检监察机关反映。"
        )
    if concluded_at and now > concluded_at + timedelta(days=REVIEW_DAYS):
        raise Rejected(
            "report.review_too_late", f"复核须在办结后 {REVIEW_DAYS} 天内申请，如有新情况请另行举报。"
        )


def somebody_must_take_it(state: str, handler: str | None) -> bool:
    """What has come in, what is to be looked at again, and what is in hand of nobody since its officer was recused."""
    return state in ("received", "review_asked") or (state == "accepted" and handler is None)
