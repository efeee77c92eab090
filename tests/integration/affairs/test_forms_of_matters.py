"""An office publishes a form, somebody fills it in, the office reads it, and nothing of it stays behind."""

from dataclasses import replace

import pytest

from services.affairs.matters.applications import contract, scopes, usecases, views
from services.affairs.matters.catalogue import usecases as catalogue
from services.affairs.matters.catalogue import views as catalogue_views
from services.chassis.core.actor import Role
from services.chassis.core.calls import Call, write_call
from services.chassis.core.errors import Conflict, NotFound, Rejected
from services.civic.actor import CivicActor
from services.civic.forms.facts import NUMBER_UNASKED
from tests.integration.affairs.conftest import VILLAGE
from tests.unit.affairs.matter_forms import ELDER, allowance

ANSWER = contract.Application()
APPLICANT = {"matter_id": "m1", "name": "张素芳", "phone": "13800000013", "materials": []}
ANSWERS = {"elder": {"name": "别人", "number": ELDER, "way": "社保卡"}, "cash": {"somebody": False}}


@pytest.fixture
def with_form(affairs):
    """The allowance with its form."""
    scope = scopes.only_the_office_of_the_region(affairs.clerk)
    catalogue.change(
        affairs.matters,
        affairs.versions,
        scope,
        affairs.call(affairs.clerk, matter_id="m1", form=allowance()),
    )
    return affairs


KNOWN = (("name", "张素芳"), ("phone", "13800000013"), ("id_number", ELDER))


def apply(affairs, key="", facts=KNOWN, actor=None, **asked):
    actor = actor or replace(affairs.resident, facts=facts)
    call = affairs.call(actor, key, render=ANSWER.dump, **{**APPLICANT, "answers": {}, **asked})
    return usecases.apply_for_matter(
        affairs.applications,
        affairs.people,
        affairs.moves,
        affairs.matters,
        affairs.days,
        lambda person: None,
        call,
    )


def read(affairs, actor, id):
    return ANSWER.dump(views.one(affairs.applications, Call({"application_id": id}, actor)))


def test_the_form_is_shown_as_published_and_as_a_schema_and_lists_only_say_that_there_is_one(with_form):
    found = catalogue_views.form(with_form.matters, Call({"matter_id": "m1"}, with_form.resident))
    assert found["form"] == allowance()
    assert found["answers"]["required"] == ["elder", "cash"]
    rows = catalogue_views.listed(
        with_form.matters,
        None,
        None,
        Call({"state": "open", "limit": 20, "cursor": None}, with_form.resident),
    )["items"]
    assert {one.id: (one.with_form, one.form) for one in rows} == {"m1": (True, None), "m2": (False, None)}
    with pytest.raises(NotFound) as refused:
        catalogue_views.form(with_form.matters, Call({"matter_id": "m2"}, with_form.resident))
    assert refused.value.code == "matter.no_form"


def test_what_is_no_form_is_not_published(affairs):
    scope = scopes.only_the_office_of_the_region(affairs.clerk)
    wrong = {**allowance(), "$ref": "http://127.0.0.1:9/"}
    with pytest.raises(Rejected) as refused:
        catalogue.change(
            affairs.matters, affairs.versions, scope, affairs.call(affairs.clerk, matter_id="m1", form=wrong)
        )
    assert refused.value.code == "form.not_in_profile"
    assert affairs.matters.get("m1").form is None


def test_applicant_and_clerk_read_it_in_words_the_village_does_not_and_the_database_holds_no_word(with_form):
    made = apply(with_form, answers=ANSWERS)
    for reader in (with_form.resident, with_form.clerk):
        [elder, _] = read(with_form, reader, made.id)["filled"]
        assert elder["title"] == "老人情况"
        assert {one["question"]: one["answer"] for one in elder["lines"]} == {
            "姓名": "张素芳", "身份证号": ELDER, "出生日期": "（未填写）", "发放方式": "社保卡",
        }  # fmt: skip
    village = with_form.official("village_administrator", VILLAGE)
    assert read(with_form, village, made.id)["filled"] == []
    kept = str(with_form.applications.documents.find_one(made.id))
    assert ELDER not in kept
    assert "社保卡" not in kept


def test_the_clerk_reads_the_day_of_birth_in_the_number_that_was_compared_the_village_does_not(with_form):
    made = apply(with_form, answers=ANSWERS)
    assert read(with_form, with_form.clerk, made.id)["applicant_born_on"] == "1945-06-07"
    village = with_form.official("village_administrator", VILLAGE)
    assert read(with_form, village, made.id)["applicant_born_on"] is None
    assert "1945-06-07" not in str(with_form.applications.documents.find_one(made.id))
    erased = with_form.applications.get(made.id)
    erased.erase(erased.applicant_id, erased.submitted_at)
    assert erased.applicant_born_on is None


def test_a_form_that_does_not_fit_changes_nothing_and_a_second_try_goes_through(with_form):
    with pytest.raises(Rejected) as refused:
        apply(with_form, answers={"elder": {"way": "支票"}})
    assert set(refused.value.detail["fields"]) == {"elder", "cash"}
    assert with_form.applications.documents.count_documents({}) == 0
    assert apply(with_form, answers=ANSWERS).answers["elder"]["way"] == "社保卡"


def test_a_form_that_is_filled_from_the_account_says_first_what_it_needs_and_where_a_number_was_typed(
    with_form,
):
    with pytest.raises(Conflict) as needed:
        apply(with_form, facts=None, answers=ANSWERS, name=None)
    assert needed.value.code == "application.facts_needed"
    wanted = {"name": [["elder", "name"]], "id_number": [["elder", "number"]]}
    assert needed.value.detail == {"wanted": wanted}
    assert with_form.applications.documents.count_documents({}) == 0


def test_nobody_applies_under_another_name_or_with_another_number(with_form):
    with pytest.raises(Rejected) as refused:
        apply(with_form, facts=KNOWN[:2], answers=ANSWERS)
    assert refused.value.code == "application.not_the_own_number"
    assert set(refused.value.detail["fields"]["elder"]) == {"number"}
    made = apply(with_form, answers=ANSWERS, name="别人")
    assert (made.applicant_name, made.answers["elder"]["name"]) == ("张素芳", "张素芳")
    assert apply(with_form, matter_id="m2", name="别人").applicant_name == "张素芳"


def test_a_number_that_nobody_has_compared_is_compared_first_and_where_none_was_typed_that_does_not_matter(
    with_form,
):
    uncompared = (*KNOWN[:2], (NUMBER_UNASKED, "yes"))
    with pytest.raises(Conflict) as needed:
        apply(with_form, facts=uncompared, answers=ANSWERS)
    assert needed.value.code == "application.facts_needed"
    assert apply(with_form, facts=uncompared, matter_id="m2").applicant_name == "张素芳"


def test_a_gateway_of_before_that_asked_nobody_is_let_in_and_one_that_learned_nothing_is_not(with_form):
    call = write_call(
        "test",
        {**APPLICANT, "matter_id": "m2", "answers": {}, "name": "王秀英"},
        with_form.resident,
        "k" * 22,
        None,
    )
    parts = (with_form.applications, with_form.people, with_form.moves, with_form.matters, with_form.days)
    made = usecases.apply_for_matter(*parts, lambda person: None, call)
    assert made.applicant_name == "王秀英"
    with pytest.raises(Conflict) as needed:
        apply(with_form, matter_id="m2", facts=())
    assert needed.value.code == "application.facts_needed"


def test_an_account_without_a_phone_gives_one_and_another_may(with_form):
    with pytest.raises(Rejected) as refused:
        apply(with_form, matter_id="m2", facts=KNOWN[:1], phone=None)
    assert (refused.value.code, set(refused.value.detail["fields"])) == (
        "application.phone_missing",
        {"phone"},
    )
    assert apply(with_form, matter_id="m2", phone=None).applicant_phone == "13800000013"


def test_a_person_without_an_account_says_a_name(with_form):
    scope = scopes.only_the_office_of_the_region(with_form.clerk)
    opened = with_form.call(with_form.clerk, matter_id="m2", visitors=True)
    catalogue.change(with_form.matters, with_form.versions, scope, opened)
    visitor = CivicActor("v1", "visitor", (Role("named_visitor", VILLAGE),))
    with pytest.raises(Rejected) as refused:
        apply(with_form, actor=visitor, matter_id="m2", name=None)
    assert refused.value.code == "application.name_missing"


def test_a_named_person_without_an_account_fills_in_what_the_form_asks(with_form):
    scope = scopes.only_the_office_of_the_region(with_form.clerk)
    opened = with_form.call(with_form.clerk, matter_id="m1", visitors=True)
    catalogue.change(with_form.matters, with_form.versions, scope, opened)
    visitor = CivicActor("v1", "visitor", (Role("named_visitor", VILLAGE),))
    made = apply(with_form, actor=visitor, answers=ANSWERS, name="李来访")
    assert (made.applicant_name, made.answers["elder"]["name"]) == ("李来访", "李来访")
    assert made.answers["elder"]["number"] == ELDER


def test_a_matter_without_a_form_takes_no_answers_and_one_with_a_form_is_not_applied_for_without(with_form):
    with pytest.raises(Rejected) as refused:
        apply(with_form, matter_id="m2", answers=ANSWERS)
    assert refused.value.code == "application.no_form"
    with pytest.raises(Rejected) as refused:
        apply(with_form)
    assert refused.value.code == "form.answers_do_not_fit"


def test_an_application_keeps_what_was_filled_in_when_the_form_becomes_another_one_and_erasing_empties_it(
    with_form,
):
    made = apply(with_form, answers=ANSWERS)
    scope = scopes.only_the_office_of_the_region(with_form.clerk)
    catalogue.change(
        with_form.matters,
        with_form.versions,
        scope,
        with_form.call(with_form.clerk, matter_id="m1", form=None),
    )
    kept = with_form.applications.get(made.id)
    assert [one["title"] for one in kept.filled] == ["老人情况", "领取"]
    kept.erase("r1", made.submitted_at)
    assert (kept.answers, kept.filled) == ({}, [])
