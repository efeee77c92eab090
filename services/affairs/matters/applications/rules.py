"""The rules of an application, one function per sentence of the law (行政许可法 2019) or of this platform."""

from datetime import datetime

from services.affairs.matters.applications.materials import lacking, names_of, same, told
from services.chassis.core.errors import Conflict, Forbidden, Rejected
from services.civic.actor import MandateClaim
from services.civic.forms.facts import NUMBER_UNASKED

OPEN_STATES = ("submitted", "materials_missing", "supplemented", "accepted")
"""States in which the office or the applicant still has something to do."""


STANDS = {
    "submitted": "还没有受理",
    "materials_missing": "正等申请人补齐材料",
    "supplemented": "已补交材料，还没有受理",
    "accepted": "已经受理，还没有办结",
    "declined": "已经不予受理",
    "decided": "已经办结",
    "rated": "已经办结并评价",
    "withdrawn": "已经撤回",
    "lapsed": "因逾期没有补齐材料已经终止",
}
"""How an application stands in each state, for who asks for another step."""

TOO_LATE = "不能再办理这一步"
DUE = {
    "clerk": {
        "submitted": "请先受理",
        "materials_missing": "请等材料补齐后再受理",
        "supplemented": "请先受理",
        "accepted": "请作出决定",
    },
    "applicant": {
        "submitted": "请等承办单位受理",
        "materials_missing": "请先按清单一次补齐",
        "supplemented": "请等承办单位受理",
        "accepted": "请等办结",
    },
}
"""For who takes a step, and each state in which something is still to come: what is due first."""


def only_certified_residents_may_apply(is_certified: bool) -> None:
    """The village vouches for the applicant, as far as was heard here.

    The endpoint asks for the level in the access token, which may be a quarter of an hour old; the copy hears of an end at once.
    """
    if not is_certified:
        raise Rejected(
            "application.not_certified",
            "还没有查到您的居民认证：刚通过认证的请几秒后再试，其他情况请联系村委会。",
        )


def visitors_apply_only_where_the_office_lets_them(open_to_visitors: bool) -> None:
    """Whom no village vouches for applies only for what the office has opened to people without an account."""
    if not open_to_visitors:
        raise Rejected("application.not_for_visitors", "这个事项需要先注册并通过村里认证，请注册后再申请。")


def only_open_matters_take_applications(state: str) -> None:
    """A closed matter takes no new applications; those under way go on."""
    if state != "open":
        raise Rejected("application.matter_closed", "这个事项目前暂停办理，请向主办部门了解何时恢复。")


def only_what_is_done_here_takes_applications(elsewhere: str) -> None:
    """What another body does is found here, with where it is done, and applied for there."""
    if elsewhere:
        raise Rejected("application.done_elsewhere", f"这件事不在这里申请：{elsewhere}")


def what_is_done_in_person_takes_no_applications(only_by_appointment: bool) -> None:
    """For marriage, adoption and inheritance an electronic signature does not hold: people come themselves (电子签名法 art. 3)."""
    if only_by_appointment:
        raise Rejected(
            "application.in_person_only", "这件事要本人到场办理，不能网上申请，请先向办理单位预约。"
        )


def only_kinds_of_the_mandate_are_applied_for(kind: str, mandate: MandateClaim | None) -> None:
    """A helper applies within the mandate (民法典 art. 162); `mandate` is None where everybody acts for themselves."""
    if mandate and mandate.kinds and kind not in mandate.kinds:
        raise Forbidden("application.outside_mandate", "委托的范围不包括这类事项，请由本人申请。")


def each_material_is_given_once(materials: list[dict]) -> None:
    """A list names each document once, so that it is clear which one counts."""
    if len(materials) != len(names_of(materials)):
        raise Rejected("application.material_twice", "同一份材料写了两次，请删去重复的一项。")


def only_a_step_that_fits(state: str, *fitting: str, by: str = "clerk") -> None:
    """Every step has its states: an application is decided after it was accepted, and once; who comes too early reads what is due."""
    if state not in fitting:
        is_now, due = STANDS[state], DUE[by].get(state, TOO_LATE)
        raise Conflict("application.step_does_not_fit", f"这件申请{is_now}，{due}。", state=state)


def only_a_notice_is_answered(state: str, notice: dict | None, by: str) -> dict:
    """Nothing is supplied or missed before the office has told what is missing: gives the notice."""
    only_a_step_that_fits(state, "materials_missing", by=by)
    if notice is None:
        raise LookupError("an application that waits for materials has its notice")
    return notice


def a_second_notice_only_after_supply(state: str, notice: dict | None) -> None:
    """The office tells once what is missing; it cannot come back for more (art. 32(4): 一次告知)."""
    if notice is not None and state != "supplemented":
        raise Rejected("application.notified_already", "补正材料只能一次告知，请按现有材料受理或作出决定。")


def a_second_notice_only_for_a_defect_in_what_was_supplied(
    asked: list[dict], supplied: list[dict], first_notice: dict | None
) -> None:
    """What was supplied may not fit; then it alone is asked for again, once, and each with what is wrong with it.

    What could be seen at the first look had to be told then (art. 32(4)); not telling all at once is punishable (art. 72(4)).
    """
    if first_notice is not None:
        raise Rejected(
            "application.notified_twice", "已经告知过两次，不能再要求补正，请按现有材料受理或不予受理。"
        )
    if names_of(asked) - names_of(supplied):
        raise Rejected(
            "application.second_notice_beyond_supply",
            "第二次告知只能针对申请人刚补交的材料；其他材料应当在第一次一并告知，现在不能再要。",
        )
    if silent := [material["name"] for material in asked if not material["note"].strip()]:
        raise Rejected(
            "application.defect_not_told",
            f"请逐项写明补交的材料哪里不符合要求：{told(silent)}。",
            materials=silent,
        )


def a_second_notice_comes_within_five_working_days(now: datetime, notice_by: datetime) -> None:
    """As the first one does, counted from the supply: our choice, the law names no time of its own for it."""
    if now > notice_by:
        raise Rejected(
            "application.second_notice_too_late",
            "补交材料后已超过五个工作日，不能再告知补正，请直接受理或不予受理。",
            notice_by=notice_by.isoformat(),
        )


def a_notice_comes_within_five_working_days(now: datetime, notice_by: datetime) -> None:
    """Later than that the application counts as accepted from its receipt (art. 32(4))."""
    if now > notice_by:
        raise Rejected(
            "application.notice_too_late",
            "已超过五个工作日的告知期限，申请自收到之日起视为受理，请直接办理受理。",
            notice_by=notice_by.isoformat(),
        )


def one_notice_lists_every_missing_material(asked: set[str], given: set[str], published: list[str]) -> None:
    """The one notice names all that must still come (art. 32(4): 需要补正的全部内容)."""
    if forgotten := lacking(published, given | asked):
        raise Rejected(
            "application.notice_incomplete",
            f"告知书还漏了{told(forgotten)}，请一次写全后再发出。",
            forgotten=forgotten,
        )


def a_notice_asks_only_for_published_materials(asked: set[str], published: list[str]) -> None:
    """An office may not ask for what the published list does not have (art. 30 and 31)."""
    if asked - {same(name) for name in published}:
        raise Rejected(
            "application.notice_beyond_list",
            "告知书要求了清单之外的材料，请只列公布的材料。",
            published=published,
        )


def a_supply_covers_the_whole_notice(supplied: set[str], asked: list[str]) -> None:
    """All that the notice named comes together (art. 32(5): 提交全部补正申请材料)."""
    if missing := lacking(asked, supplied):
        raise Rejected(
            "application.supply_incomplete",
            f"还缺{told(missing)}，请补齐后一次提交。",
            lacking=missing,
        )


def a_refusal_says_why(outcome: str, reason: str | None) -> None:
    """A refusal gives its reason (art. 38: 应当说明理由)."""
    if outcome == "refused" and not reason:
        raise Rejected("application.refusal_without_reason", "不予批准必须说明理由，请填写理由。")


def only_after_the_supply_deadline(now: datetime, supply_by: datetime) -> None:
    """An office closes an unanswered notice only when the applicant's time is over."""
    if now <= supply_by:
        raise Rejected(
            "application.supply_time_left",
            "补正期限还没有到，请等期限过后再终止。",
            supply_by=supply_by.isoformat(),
        )


RATED_AFTER = ("decided", "declined")
"""What the office has answered is rated; what was withdrawn or never completed it has not handled."""


def only_one_rating_is_given(stars: int | None) -> None:
    """The applicant rates once, and nobody changes it (好差评, 国办发〔2019〕51号: 一事一评)."""
    if stars is not None:
        raise Conflict(
            "application.rated_already", "您已经评价过了，每件申请只评价一次；还有意见请联系承办单位。"
        )


def an_applicant_has_a_name(name: str | None) -> str:
    """Who applies is named by the account, where the form asks for that, or by what was typed."""
    if not name:
        said = "请填写申请人姓名。"
        raise Rejected("application.name_missing", said, fields={"name": [said]})
    return name


def an_applicant_can_be_called(phone: str | None) -> str:
    """The office tells by phone what is missing: an account that has lost its number gives one, a person without an account as well."""
    if not phone:
        said = "请填写联系手机号。"
        raise Rejected("application.phone_missing", said, fields={"phone": [said]})
    return phone


def the_number_is_that_of_the_account(typed: str | None, known: bool, places: list[list[str]]) -> None:
    """Nobody applies with another's number: that of whom the village has certified counts, for a ward the ward's."""
    if typed and not known:
        said = "与实名认证的证件号码不一致，请照申请人的身份证填写；证件换过号码的，请先到村委会更正。"
        fields: dict[str, dict] = {}
        for page, question in places:
            fields.setdefault(page, {})[question] = [said]
        raise Rejected("application.not_the_own_number", "表单里的证件号码需要改正。", fields=fields)


def what_the_account_says_is_there(
    facts: tuple[tuple[str, str], ...] | None, wanted: dict, number: str | None
) -> tuple[tuple[str, str], ...]:
    """Who applies is whom the village vouches for, with the number that was compared: the gateway asks identity, and once more here."""
    if not facts or (number and (NUMBER_UNASKED, "yes") in facts):
        raise Conflict(
            "application.facts_needed",
            "需要先核对您的实名认证资料，请稍后再提交一次。",
            wanted=wanted,
        )
    return facts


def a_gateway_of_before_asks_nobody(facts: tuple | None, wanted: dict) -> bool:
    """While 0.1 and 0.2 run side by side, a gateway of 0.1 asks identity nothing: what was typed counts then, as it did; to go with 0.3."""
    return facts is None and not wanted


def a_form_is_filled_in_where_there_is_one(form: dict | None, answers: dict) -> None:
    """What nobody asks is not kept (个人信息保护法 art. 6: no more than the purpose needs)."""
    if form is None and answers:
        raise Rejected("application.no_form", "这个事项不用填写表单，请去掉表单内容后再提交。")
