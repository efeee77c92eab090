"""What is shipped of the 169: each field with its source or left to the office, nothing made up, forms that may be published."""

from collections import Counter

import pytest

from services.affairs.matters.catalogue import shipped as shipping
from services.affairs.matters.catalogue.content import (
    ACTORS,
    CHANNELS,
    FIELDS,
    LEVELS,
    OFFICE_MUST_SAY,
    PRESENCE,
    RULES,
    TRUST,
    UNITS,
)
from services.affairs.matters.catalogue.shapes import MatterContent, RequiredMaterial
from services.affairs.matters.catalogue.shipped import elsewhere
from services.affairs.matters.catalogue.source import DATA, rows
from services.affairs.matters.catalogue.tables import (
    ABOUT,
    FIELD_VALUES,
    FORMS,
    TO_BE_CONFIRMED,
    of_a_matter,
    selectors,
)
from services.affairs.matters.catalogue.versions import content_told
from services.affairs.matters.catalogue.vocabulary import keywords, top
from services.civic.forms.model import form_of
from services.civic.forms.rules import the_form_may_be_published
from tests.unit.affairs.shipped_matters import NOW, shipped_matters

SOURCED = {
    **{"name": 169, "office": 169, "grounds": 169, "governs": 169, "rules": 110, "statutory_days": 49},
    **{"fee": 39, "actors": 93, "in_person": 7, "channels": 70, "levels": 26},
    **{"materials": 84, "steps": 57, "result": 71, "form": 63},
}
"""Of how many of the 169 each field has a source; of the fields that are not here it has none."""
NAMED_ONLY = 223
"""Fields whose source is a law that is named without its text having been read."""


@pytest.fixture(scope="module")
def shipped():
    return shipped_matters()


def counted(shipped) -> Counter:
    """Count the fields that have a source; fails where one is neither sourced nor left to the office."""
    found = Counter()
    for one in shipped.values():
        told = content_told(one.content)["sources"]
        assert [each["field"] for each in told] == list(FIELDS)
        for each in told:
            assert bool(each["source"].strip()) != (each["note"] == OFFICE_MUST_SAY), (one.name, each)
            found[each["field"]] += bool(each["source"])
    return found


def test_each_field_of_the_169_has_a_source_or_the_office_must_say_it(shipped):
    found = counted(shipped)
    sourced, unsaid = found.total(), sum(len(one.content.unsaid) for one in shipped.values())
    print(f"{len(shipped)} matters, {sourced} fields with a source, {unsaid} that the office must say")
    assert len(shipped) == 169 and sourced + unsaid == 169 * len(FIELDS)
    assert {name: found[name] for name in SOURCED} == SOURCED
    assert sourced == sum(SOURCED.values())
    named = [
        source
        for one in shipped.values()
        for source in one.content.sources.values()
        if TO_BE_CONFIRMED in source
    ]
    assert len(named) == NAMED_ONLY


def test_the_count_sees_a_source_that_is_missing(shipped):
    one = shipped["居住证办理"]
    before = counted(shipped)["fee"]
    kept = one.content.sources.pop("fee")
    assert counted(shipped)["fee"] == before - 1
    one.content.sources["fee"] = " "
    with pytest.raises(AssertionError):
        counted(shipped)
    one.content.sources["fee"] = kept


def test_a_value_stands_where_a_source_stands_and_nowhere_else(shipped):
    for one in shipped.values():
        said, content = one.content.sources, one.content
        values = {
            **{"grounds": content.law.grounds, "governs": content.law.governs, "rules": content.law.rules},
            **{"steps": content.course.steps, "result": content.course.result, "form": one.form},
            **{name: getattr(content.access, name) for name in ("levels", "actors", "in_person", "channels")},
            **{"fee": content.fee.charged is not None, "questions": content.course.questions},
        }
        assert {name: name in said for name in values} == {
            name: bool(value) for name, value in values.items()
        }, one.name
        assert content.access.assurance is None and content.fee.amount_fen is None and not one.visitors
        assert one.with_form == (one.form is not None)
        text = str((content, one.materials, one.form))
        assert "http" not in text and "视频" not in text


def test_what_is_shipped_is_what_an_office_may_publish(shipped):
    for one in shipped.values():
        told = {name: value for name, value in content_told(one.content).items() if name != "sources"}
        asked = [{"field": name, "source": source} for name, source in one.content.sources.items()]
        fee = told.pop("fee")
        assert MatterContent().validate({**told, "fee": fee, "sources": asked}) == {}, one.name
        for material in one.materials:
            assert RequiredMaterial().validate(material) == {}, one.name
        assert one.promise_days <= one.statutory_days


def test_every_row_of_the_tables_is_for_a_matter_that_there_is(shipped):
    known = {*shipped}
    for one in shipped.values():
        known |= {f"kind:{one.kind}", f"life:{one.life_event}"}
    assert {selector for _, selector in selectors()} <= known


def test_the_tables_use_no_code_that_the_catalogue_does_not_know():
    known = {"what": (*RULES, "ground"), "unit": UNITS, "trust": TRUST, "checked": ("law", "named")}
    several = {
        "actors": ACTORS,
        "channels": CHANNELS,
        "levels": LEVELS,
        "in_person": PRESENCE,
        "fee": ("yes", "no"),
    }
    for file in ABOUT:
        for row in rows(file):
            assert all(row.values[name] in values for name, values in known.items() if name in row.values), (
                row
            )
            assert row.values["law"], row
            if file == FIELD_VALUES and row.values["field"] != "result":
                assert set(row.values["value"].split()) <= set(several[row.values["field"]]), row


def test_what_is_said_nearer_takes_the_place_of_what_is_said_wider(shipped):
    one = shipped["个体工商户设立登记"]
    rules = {each["what"]: each["law"] for each in one.content.law.rules}
    assert (rules["term"], rules["not_counted"]) == ("市场主体登记管理条例", "行政许可法")
    assert [each["name"] for each in one.content.course.steps] == ["实名验证", "提交材料", "登记"]
    papers = of_a_matter("papers.csv", "住院费用报销", "看病和医保", "20")
    assert [each["material"] for each in papers][:2] == ["居民身份证", "收费票据"]


def test_the_licensing_law_governs_the_23_licences_and_nothing_else(shipped):
    governed = {one.name for one in shipped.values() if one.content.law.governs == "行政许可法"}
    licences = {one.name for one in shipped.values() if one.kind == "1"}
    assert governed == licences and len(licences) == 23
    days = Counter((shipped[name].statutory_days, shipped[name].content.days_unit) for name in licences)
    assert days == {(20, "working"): 16, (3, "working"): 6, (15, "calendar"): 1}


@pytest.mark.parametrize(
    ("name", "days", "unit"),
    [
        ("城乡居民基本养老保险参保登记", 10, "working"),
        ("城乡居民基本养老保险待遇申领", 20, "working"),
        ("住院费用报销", 30, "working"),
        ("生育津贴支付", 10, "working"),
        ("失业保险金申领", 10, "working"),
        ("居住证办理", 15, "calendar"),
        ("居民身份证办理（包括临时）", 60, "calendar"),
        ("普通护照签发", 15, "calendar"),
        ("个体工商户设立登记", 3, "working"),
        ("劳动人事争议仲裁申请", 45, "calendar"),
        ("对公民法律援助申请的审批", 7, "calendar"),
        ("中国公民收养子女登记", 30, "calendar"),
    ],
)
def test_terms_that_a_law_sets_are_those_of_the_matter(shipped, name, days, unit):
    one = shipped[name]
    assert (one.statutory_days, one.content.days_unit) == (days, unit)
    assert one.promise_days <= one.statutory_days and "statutory_days" in one.content.sources


def test_marriage_and_adoption_are_by_appointment_only(shipped):
    alone = {one.name for one in shipped.values() if one.only_by_appointment}
    assert alone == {"中国内地公民婚姻登记", "中国公民收养子女登记"}
    assert not any(shipped[name].form for name in alone)


def test_every_one_of_the_169_has_keywords_and_an_event_of_life(shipped):
    assert set(keywords()) == set(top())
    assert all(one.life_event for one in shipped.values())


def test_every_form_may_be_published_and_each_question_says_by_which_law_it_is_asked(shipped):
    with_form = [one for one in shipped.values() if one.form]
    assert len(with_form) >= 30
    for one in with_form:
        read = the_form_may_be_published(one.form)
        rows_of_it = of_a_matter(FORMS, one.name, one.life_event, one.kind)
        by_key = {question.key: question for _, question in read.questions()}
        assert set(by_key) == {row["key"] for row in rows_of_it} and len(rows_of_it) == len(by_key)
        for row in rows_of_it:
            assert f"依据：{row['law']}" in by_key[row["key"]].hint, one.name


def test_a_page_is_asked_after_the_answer_that_its_row_names(shipped):
    pages = {page.title: page for page in form_of(shipped["居住证办理"].form).pages}
    assert pages["代办人"].when.among == (True,)
    pages = {page.title: page for page in form_of(shipped["个体工商户设立登记"].form).pages}
    family = pages["参加经营的家庭成员"]
    assert family.when.among == ("家庭经营",) and family.is_group


def test_the_allowance_at_80_has_no_form_for_no_national_law_names_one(shipped):
    one = shipped["80周岁以上老年人高龄津贴发放"]
    assert one.form is None and "form" in one.content.unsaid
    assert one.content.sources["materials"] == shipping.OWN_PAPERS


def test_what_the_list_lacks_says_where_it_is_done_and_by_which_law():
    made = elsewhere(DATA, NOW)
    assert len(made) == 17
    for one in made:
        assert one.elsewhere and one.spoken and one.content.law.grounds[0]["law"], one.name
