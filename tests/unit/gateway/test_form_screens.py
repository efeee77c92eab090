"""A matter's form as screens: what is asked next, what is one of several, and what stands where after a refusal."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from gateway.web import steps
from gateway.web.declarations import Action, Screen
from gateway.web.form_answers import answers_in, number_in, number_said, sent_of
from gateway.web.form_screens import FormScreens
from services.chassis.core.errors import Rejected
from services.civic.forms.answers import DO_NOT_FIT, cleaned
from services.civic.forms.model import form_of
from tests.unit.affairs.matter_forms import ELDER, allowance, every_kind

FORM = form_of(allowance())
ELDER_PAGE, CARD, CASH, WHOM, HOUSEHOLD, LAST = range(1, 7)
OWN = (Screen("申请人", ("name",), ("material",)), Screen("核对"))
FILLED = {
    "answers.elder.number": ELDER,
    "answers.elder.way": "社保卡",
    "answers.cash.somebody": "no",
    "answers.household.rows": "2",
    "answers.household.0.member.name": "王大",
    "answers.household.1.member.name": "王小",
    "answers.household.1.income": "12.5",
}


def screens(form=FORM, facts=None, **sent) -> FormScreens:
    return FormScreens(form, MultiDict(sent), {"name": "张素芳"} if facts is None else facts)


def filled(**more) -> FormScreens:
    return screens(**{**FILLED, **more})


def test_one_screen_follows_the_other_and_what_is_not_asked_is_passed_by():
    one = filled()
    assert [number for number in range(LAST) if one.page(number)] == [ELDER_PAGE, CASH, HOUSEHOLD]
    assert (one.after(0), one.after(ELDER_PAGE), one.after(HOUSEHOLD)) == (ELDER_PAGE, CASH, LAST)
    assert (one.before(CASH), one.before(ELDER_PAGE), one.nearest(CARD)) == (ELDER_PAGE, 0, CASH)
    by_card = filled(**{"answers.elder.way": "银行卡"})
    assert by_card.after(ELDER_PAGE) == CARD


def test_who_has_looked_all_over_goes_back_there_past_what_is_right():
    assert filled(reviewed="1").after(ELDER_PAGE) == LAST
    half = screens(reviewed="1", **{name: one for name, one in FILLED.items() if "household" not in name})
    assert half.after(ELDER_PAGE) == HOUSEHOLD
    changed = filled(reviewed="1", **{"answers.elder.way": "银行卡"})
    assert changed.after(ELDER_PAGE) == CARD


@given(st.sampled_from(["whole", "fen"]), st.integers(0, 10**12 - 1))
def test_a_number_that_is_shown_to_be_changed_reads_as_the_same_number(kind, number):
    assert number_in(kind, number_said(kind, number)) == number


def test_answers_are_those_that_are_asked_in_the_types_of_the_api():
    one = filled(**{"answers.card.card": "1", "answers.whom.whom.name": "李二"})
    assert one.answers() == {
        "elder": {"number": ELDER, "way": "社保卡"},
        "cash": {"somebody": False},
        "household": [{"member": {"name": "王大"}}, {"member": {"name": "王小"}, "income": 1250}],
    }
    assert cleaned(FORM, one.answers(), {"name": "张素芳"})["elder"]["name"] == "张素芳"


def test_what_was_kept_is_shown_as_it_was_typed():
    typed = filled(
        **{"answers.elder.born-year": "1945", "answers.elder.born-month": "6", "answers.elder.born-day": "7"}
    )
    again = MultiDict(sent_of(FORM, typed.answers()))
    assert FormScreens(FORM, again, {}).answers() == typed.answers()
    assert again["answers.household.1.income"] == "12.50"
    assert again["answers.elder.born-month"] == "6"
    odd = {"elder": [1], "cash": {"somebody": {}}, "household": {"x": 1}, "whom": {"whom": 3}, "no": 1}
    assert FormScreens(FORM, MultiDict(sent_of(FORM, odd)), {}).groups()


def test_a_fact_is_shown_and_not_typed():
    [name, *_] = screens().inputs(ELDER_PAGE, {})
    assert (name.kind, name.value, name.said) == ("fixed", "张素芳", "张素芳")
    [typed, *_] = screens(facts={}).inputs(ELDER_PAGE, {})
    assert typed.kind == "text"


def test_one_of_several_is_added_up_to_the_forms_bound_and_taken_away_by_its_number():
    one = filled(more="household")
    assert (one.changed(), len(one.rows(HOUSEHOLD))) == (True, 3)
    assert len(filled(more="household", **{"answers.household.rows": "99"}).rows(HOUSEHOLD)) == 3
    less = filled(less="household.0")
    assert less.answers()["household"] == [{"member": {"name": "王小"}, "income": 1250}]
    assert len(less.rows(HOUSEHOLD)) == 1
    assert not filled(less="elder.0").changed()


def test_what_was_left_blank_moves_behind_so_that_a_refusal_stands_where_it_was_typed():
    one = filled(**{"answers.household.0.member.name": " ", "answers.household.1.income": "x"})
    assert one.wrong(HOUSEHOLD) == {"answers.household.0.income": "请用数字填写，例如 12 或 12.5。"}
    [name, *_] = one.inputs(HOUSEHOLD, {})
    assert (name.name, name.value) == ("answers.household.0.member.name", "王小")


def test_what_is_wrong_is_said_at_its_input_in_the_words_of_who_fills_in():
    one = screens(
        **{
            f"answers.elder.born-{part}": said
            for part, said in zip(("year", "month", "day"), ("1945", "13", "2"), strict=True)
        }
    )
    wrong = one.wrong(ELDER_PAGE)
    assert set(wrong) == {f"answers.elder.{key}" for key in ("number", "born", "way")}
    assert wrong["answers.elder.born"].startswith("没有这一天")
    assert {one.name for one in one.inputs(ELDER_PAGE, wrong) if one.error} == set(wrong)
    assert set(one.wrong(LAST)) == {*wrong, "answers.cash.somebody"}


def test_dates_and_numbers_are_read_as_people_write_them_and_what_is_wrong_with_them_is_said():
    born = {
        "answers.elder.born-year": "１９４５年",
        "answers.elder.born-month": "12月",
        "answers.elder.born-day": "3号",
    }
    one = filled(**born, **{"answers.household.1.income": "500元"})
    assert one.wrong(ELDER_PAGE) == one.wrong(HOUSEHOLD) == {}
    assert one.answers()["elder"]["born"] == "1945-12-03"
    assert one.answers()["household"][1]["income"] == 50000
    every = FormScreens(
        form_of(every_kind()), MultiDict({"answers.every.whole": "3人", "answers.every.fen": "12.5 块"}), {}
    )
    assert every.answers()["every"] == {"whole": 3, "fen": 1250}
    assert filled(**{**born, "answers.elder.born-day": ""}).wrong(ELDER_PAGE) == {
        "answers.elder.born": "还没有填日。"
    }
    spelt = filled(**{**born, "answers.elder.born-month": "腊月"}).wrong(ELDER_PAGE)
    assert spelt["answers.elder.born"].startswith("年、月、日都请用数字填写")


def test_what_a_service_refuses_stands_on_the_first_screen_that_it_speaks_of():
    one = filled()
    refusal = Rejected(DO_NOT_FIT, "不对", fields={"household": {"0": {"member": {"name": ["太长"]}}}})
    wrong = one.refused(refusal)
    assert wrong["answers.household.0.member.name"] == "太长"
    act = Action("POST /things", "提交", steps=one.steps(OWN))
    assert steps.to_correct(act, MultiDict(), wrong) == HOUSEHOLD
    assert one.refused(Rejected("request.invalid", "", fields={"name": ["空"]})) == {"name": "空"}


def test_what_is_wrong_with_a_whole_group_is_said_at_its_first_input():
    one = filled()
    first, *others = one.inputs(HOUSEHOLD, {"answers.household": "太多"})
    assert (first.error, {one.error for one in others}) == ("太多", {""})


def test_other_screens_go_along_with_each_and_the_buttons_do_not():
    sent = MultiDict({**FILLED, "name": "王", "more": "household", "reviewed": "1"})
    act = Action("POST /things", "提交", steps=filled().steps(OWN))
    along = dict(steps.carried(act, HOUSEHOLD, sent))
    assert along == {key: one for key, one in sent.items() if "household" not in key + one}


NAMES = st.sampled_from(
    [f"answers.every.{one}" for one in every_kind()["properties"]["every"]["properties"]]
    + [
        "answers.every.day-year",
        "answers.every.whom.name",
        "answers.household.0.income",
        "answers.household.2.x",
    ]
    + ["answers.household.rows", "answers.elder.way", "more", "less", "reviewed"]
)


@pytest.mark.parametrize("form", [FORM, form_of(every_kind())])
@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(
    sent=st.dictionaries(
        NAMES, st.text("0129x²-,. 甲\ud800", max_size=6) | st.sampled_from(["household", "household.1", "2"])
    )
)
def test_whatever_comes_is_shown_or_refused(form, sent):
    one = FormScreens(form, MultiDict(sent), {})
    for step in range(one.last + 1):
        assert all(isinstance(each.said, str) for each in one.inputs(step, one.wrong(step)))
    assert one.groups()
    try:
        cleaned(form, one.answers(), {})
    except Rejected as refused:
        assert set(one.refused(refused)) and one.wrong(one.last)
    else:
        assert not one.wrong(one.last)
    assert answers_in(form, one.sent)


def test_rows_that_were_left_empty_are_not_looked_over_and_amounts_have_their_unit():
    one = filled(**{"answers.household.rows": "3"})
    (household,) = [said for number, _, said in one.groups() if number == HOUSEHOLD]
    names = [said for asked, said in household if asked.startswith("家庭成员的姓名")]
    assert (names, household[-1]) == (["王大", "王小"], ("月收入（2）", "12.5 元"))
