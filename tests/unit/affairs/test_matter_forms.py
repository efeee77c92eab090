"""Forms of matters: what may be published, what is asked, and what is made of the answers."""

import copy
import json
from datetime import date

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn

from deploy.local.folders import PROJECT
from services.chassis.core.errors import Rejected
from services.chassis.rpc.wire import decode_answer, encode_answer
from services.civic.forms.answers import cleaned, printed
from services.civic.forms.model import form_of
from services.civic.forms.rules import the_form_may_be_published
from services.civic.forms.schema import plain_schema
from services.civic.forms.walk import asked, without_what_is_not_asked
from tests.unit.affairs.matter_forms import ANYTHING, ELDER, allowance, form, page, text

CARD = "622202020011223" + luhn.calc_check_digit("622202020011223")
FACTS = {"name": "张素芳", "id_number": ELDER}
PAID_IN_CASH = {
    "elder": {"way": "现金", "born": "1945-06-07"},
    "cash": {"reason": "没有\u200b银行卡", "somebody": True},
    "whom": {"whom": {"name": "李 强", "phone": "+86 138-0000-0013"}},
}


def refusal(work, *given) -> Rejected:
    with pytest.raises(Rejected) as found:
        work(*given)
    return found.value


def changed(change) -> dict:
    document = copy.deepcopy(allowance())
    change(document["properties"])
    return document


def test_the_allowance_may_be_published():
    read = the_form_may_be_published(allowance())
    assert [one.key for one in read.pages] == ["elder", "card", "cash", "whom", "household"]
    assert read.pages[4].is_group
    assert read.pages[1].when.among == ("银行卡",)


def test_the_form_of_the_how_to_may_be_published():
    told = (PROJECT / "docs/how-to/publish-a-form.md").read_text(encoding="utf-8")
    document = json.loads(told.partition("```json\n")[2].partition("```")[0])
    assert [one.key for one in the_form_may_be_published(document).pages] == ["elder", "card"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda p: p["elder"].update({"$ref": "http://example.test/x"}), "form.not_in_profile"),
        (lambda p: p["elder"]["properties"]["name"].update(pattern="(a+)+$"), "form.not_in_profile"),
        (lambda p: p["elder"]["properties"]["name"].update(enum=["a", "b"]), "form.not_in_profile"),
        (lambda p: p["elder"]["properties"]["name"].pop("maxLength"), "form.not_in_profile"),
        (lambda p: p["elder"].pop("additionalProperties"), "form.not_in_profile"),
        (lambda p: p["household"]["items"]["properties"].update(deep=page("深", x=text("x"))), "form.not_in_profile"),
        (lambda p: p["cash"]["properties"].update(name=text("又一个姓名")), "form.key_twice"),
        (lambda p: p["cash"]["required"].append("nothing"), "form.required_is_not_asked"),
        (lambda p: p["card"]["x-when"].update(question="born"), "form.condition_unknown"),
        (lambda p: p["card"]["x-when"].update(question="somebody"), "form.condition_unknown"),
        (lambda p: p["card"]["x-when"].update({"is": ["支票"]}), "form.condition_never_holds"),
        (lambda p: p["whom"]["x-when"].update({"is": ["是"]}), "form.condition_never_holds"),
        (lambda p: p["cash"]["properties"]["reason"].update({"x-from": "phone"}), "form.fact_does_not_fit"),
        (lambda p: p["household"].update(minItems=4), "form.group_bounds"),
        (lambda p: p["household"]["items"]["properties"]["income"].update(minimum=20_000_000), "form.bounds"),
        (lambda p: p["household"]["items"]["properties"]["income"].update(minimum=1.0), "form.bounds_not_whole"),
        (lambda p: p["elder"].update(title=" "), "form.words_unclean"),
        (lambda p: p["elder"]["properties"]["name"].update(title="姓\u200b名"), "form.words_unclean"),
        (lambda p: p["elder"]["properties"]["name"].update(title="\u202e姓名\x1b[31m"), "form.words_unclean"),
        (lambda p: p["whom"].update(description="\x07"), "form.words_unclean"),
        (lambda p: p["elder"]["properties"]["way"].update(enum=["现金", "现金 ", "银行卡"]), "form.words_unclean"),
    ],
)  # fmt: skip
def test_what_people_could_not_fill_in_is_not_published(change, code):
    assert refusal(the_form_may_be_published, changed(change)).code == code


def test_a_group_has_no_conditions_inside():
    document = changed(lambda p: p.pop("whom"))
    income = document["properties"]["household"]["items"]["properties"]["income"]
    income["x-when"] = {"question": "somebody", "is": [True]}
    assert refusal(the_form_may_be_published, document).code == "form.condition_in_group"


def test_a_form_without_end_is_refused():
    pages = {
        f"p{n}": page("页", **{f"q{n}_{m}": text("题" * 100, description="说" * 500) for m in range(30)})
        for n in range(20)
    }
    assert refusal(the_form_may_be_published, form(**pages)).code == "form.too_large"


@given(ANYTHING)
def test_whatever_somebody_publishes_is_a_form_or_is_refused(document):
    try:
        the_form_may_be_published(document)
    except Rejected as refused:
        assert refused.code.startswith("form.")
    else:
        raise AssertionError("no form of the profile is made of this at random")


def test_only_what_the_answers_lead_to_is_asked():
    read = form_of(allowance())
    assert [one.key for one in asked(read, PAID_IN_CASH)] == ["elder", "cash", "whom", "household"]
    by_card = {**PAID_IN_CASH, "elder": {"way": "银行卡"}, "cash": {"somebody": False}}
    shown = {one.key: [q.key for q in one.questions] for one in asked(read, by_card)}
    assert shown == {
        "elder": ["name", "number", "born", "way"], "card": ["card"], "cash": ["somebody"], "household": ["member", "income"],
    }  # fmt: skip


def test_what_stayed_behind_from_a_page_that_is_not_asked_decides_nothing():
    first = page("一", more=None, a={"x-kind": "yes_no", "type": "boolean", "title": "a"})
    second = page(
        "二",
        (),
        {"x-when": {"question": "a", "is": [True]}},
        b={"x-kind": "yes_no", "type": "boolean", "title": "b"},
    )
    third = page("三", (), {"x-when": {"question": "b", "is": [True]}}, c=text("c"))
    read = the_form_may_be_published(form(one=first, two=second, three=third))
    left_behind = {"one": {"a": False}, "two": {"b": True}, "three": {"c": "x"}}
    assert cleaned(read, left_behind, {}) == {"one": {"a": False}}


def test_answers_are_cleaned_filled_and_without_what_is_not_asked():
    typed = {
        **PAID_IN_CASH,
        "card": {"card": "not asked"},
        "elder": {**PAID_IN_CASH["elder"], "name": "别人"},
    }
    kept = cleaned(form_of(allowance()), typed, FACTS)
    assert kept == {
        "elder": {"name": "张素芳", "number": ELDER, "born": "1945-06-07", "way": "现金"},
        "cash": {"reason": "没有\u200b银行卡", "somebody": True},
        "whom": {"whom": {"name": "李强", "phone": "13800000013", "id_number": None}},
    }


def test_who_has_no_account_types_the_name():
    typed = {**PAID_IN_CASH, "elder": {**PAID_IN_CASH["elder"], "name": "张素芳", "number": ELDER.lower()}}
    assert cleaned(form_of(allowance()), typed, {})["elder"]["number"] == ELDER


def test_what_is_wrong_in_one_of_several_is_said_at_its_number_and_crosses_the_wire():
    typed = {**PAID_IN_CASH, "household": [{"member": {"name": "王小"}, "income": "x"}]}
    refused = refusal(cleaned, form_of(allowance()), typed, FACTS)
    assert list(refused.detail["fields"]["household"]) == [0]
    _, error = decode_answer(encode_answer(None, refused))
    assert list(error["detail"]["fields"]["household"]) == ["0"]


def test_what_is_wrong_is_said_at_its_question():
    typed = {"elder": {"way": "支票", "number": ELDER[:17] + "Y"}, "cash": {"somebody": 1}, "what": {}}
    said = refusal(cleaned, form_of(allowance()), typed, {"name": "张素芳"}).detail["fields"]
    assert set(said) == {"elder", "cash", "what"}
    assert set(said["elder"]) == {"way", "number"}
    assert all(not any(c.isascii() and c.isalpha() for c in str(m)) for m in said["elder"].values())


@given(ANYTHING | st.fixed_dictionaries({"elder": ANYTHING, "cash": ANYTHING, "household": ANYTHING}))
def test_whatever_somebody_answers_is_kept_or_refused(typed):
    try:
        cleaned(form_of(allowance()), typed if isinstance(typed, dict) else {"elder": typed}, FACTS)
    except Rejected as refused:
        assert refused.code == "form.answers_do_not_fit"


ANSWERED = st.fixed_dictionaries(
    {
        "elder": st.fixed_dictionaries(
            {"way": st.sampled_from(["社保卡", "银行卡", "现金"]), "name": st.just("张素芳"), "number": st.just(ELDER)},
            optional={"born": st.dates(date(1900, 1, 1), date(2020, 1, 1)).map(str)},
        ),
        "cash": st.fixed_dictionaries({"somebody": st.booleans()}, optional={"reason": st.sampled_from(["a", "远"])}),
    },
    optional={
        "card": st.sampled_from([{"card": CARD}, {}]),
        "whom": st.sampled_from([{"whom": {"name": "李强"}}, {}]),
        "household": st.lists(
            st.fixed_dictionaries({"member": st.just({"name": "李强"}), "income": st.integers(-5, 100)}), max_size=4
        ),
    },
)  # fmt: skip


@given(ANSWERED)
def test_what_is_kept_fits_the_schema_for_programs_and_what_is_refused_does_not(typed):
    read = form_of(allowance())
    left = without_what_is_not_asked(read, typed)
    fits = jsonschema.Draft202012Validator(plain_schema(allowance())).is_valid(left)
    try:
        cleaned(read, typed, {})
    except Rejected:
        assert not fits
    else:
        assert fits


def test_it_is_printed_by_the_same_walk():
    kept = cleaned(
        form_of(allowance()),
        {**PAID_IN_CASH, "household": [{"member": {"name": "李强"}, "income": 123450}]},
        FACTS,
    )
    shown = {one.title: dict(one.lines) for one in printed(form_of(allowance()), kept)}
    assert shown["老人情况"] == {
        "姓名": "张素芳",
        "身份证号": ELDER,
        "出生日期": "1945年6月7日",
        "发放方式": "现金",
    }
    assert shown["领取"] == {"为何领现金": "没有\u200b银行卡", "由他人代领": "是"}
    assert shown["代领人"] == {"代领人": "李强，13800000013"}
    assert shown["家庭成员（1）"] == {"家庭成员": "李强", "月收入": "1234.50 元"}
