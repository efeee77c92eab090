"""A form that an office writes question by question: the same document again, and what it is told when a step does not fit."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.affairs.matters.catalogue import shipped_forms, tables
from services.affairs.matters.catalogue.source import DATA, rows
from services.chassis.core.errors import NotFound, Rejected
from services.civic.forms import editing
from services.civic.forms.model import FormDefinition, FormPage, Question, When, form_of
from services.civic.forms.rules import the_form_may_be_published
from services.civic.forms.writing import document_of
from tests.unit.affairs.matter_forms import allowance, every_kind

EMPTY = FormDefinition("申请表", ())
ALLOWANCE = form_of(allowance())


def shipped() -> list[dict]:
    """Give every form that is shipped."""
    found: dict[str, list[dict]] = {}
    for row in rows(tables.FORMS, DATA):
        found.setdefault(row.values["item"], []).append(row.values)
    return [shipped_forms.form_of_rows(name, asked) for name, asked in found.items()]


def keys(form: FormDefinition) -> list[list[str]]:
    """Give the keys of the questions, page by page."""
    return [[one.key for one in page.questions] for page in form.pages]


def refused(step, *asked) -> str:
    """Give the code with which a step is refused."""
    with pytest.raises(Rejected) as told:
        step(*asked)
    return told.value.code


@pytest.mark.parametrize("document", [allowance(), every_kind(), *shipped()])
def test_a_form_that_was_read_is_written_back_as_it_was(document):
    again = document_of(form_of(document))
    assert form_of(again) == form_of(document)
    the_form_may_be_published(again)


def test_a_form_begins_with_a_question_on_a_page_of_its_own():
    page = FormPage("p_1", "家庭情况", ())
    one = editing.with_question(EMPTY, Question("q_1", "whole", "几口人"), page)
    assert keys(one) == [["q_1"]]
    the_form_may_be_published(document_of(one))
    two = editing.with_question(one, Question("q_2", "text", "住在哪里"), one.pages[0])
    assert keys(two) == [["q_1", "q_2"]]
    assert form_of(document_of(two)).pages[0].questions[0].most == 1_000_000


def test_a_new_question_comes_before_the_one_that_decides_what_is_asked():
    page = ALLOWANCE.pages[0]
    form = editing.with_question(ALLOWANCE, Question("q_1", "date", "哪一天"), page)
    assert keys(form)[0] == ["name", "number", "born", "q_1", "way"]
    the_form_may_be_published(document_of(form))


def test_a_question_that_is_changed_stays_where_it_is():
    form = editing.with_question(ALLOWANCE, Question("number", "text", "编号", most=20), ALLOWANCE.pages[0])
    assert keys(form) == keys(ALLOWANCE)
    assert form.pages[0].questions[1].title == "编号"


def test_a_question_moves_over_the_edge_of_its_page():
    assert keys(editing.question_moved(ALLOWANCE, "number", "up"))[0][:2] == ["number", "name"]
    form = editing.question_moved(ALLOWANCE, "reason", "up")
    assert keys(form)[1:3] == [["card", "reason"], ["somebody"]]
    form = editing.question_moved(form, "reason", "down")
    assert keys(form) == keys(ALLOWANCE)
    assert editing.question_moved(ALLOWANCE, "name", "up") == ALLOWANCE
    assert editing.question_moved(ALLOWANCE, "income", "down") == ALLOWANCE


def test_a_page_goes_with_its_last_question_and_can_be_moved():
    moved = editing.question_moved(ALLOWANCE, "card", "up")
    assert [page.key for page in moved.pages] == ["elder", "cash", "whom", "household"]
    assert [page.key for page in editing.page_moved(ALLOWANCE, "household", "up").pages][3:] == [
        "household",
        "whom",
    ]
    assert editing.page_moved(ALLOWANCE, "elder", "up") == ALLOWANCE
    left = editing.without_question(ALLOWANCE, "whom")
    assert [page.key for page in left.pages] == ["elder", "card", "cash", "household"]


def test_what_decides_is_not_taken_out_and_says_what_hangs_on_it():
    with pytest.raises(Rejected) as told:
        editing.without_question(ALLOWANCE, "way")
    assert told.value.code == "form.decides"
    assert "“银行卡”" in told.value.message and "“发放方式”" in told.value.message
    assert refused(editing.without_page, ALLOWANCE, "elder") == "form.decides"
    both = editing.without_page(editing.without_page(ALLOWANCE, "whom"), "cash")
    assert "cash" not in [page.key for page in both.pages]


def test_what_hangs_on_an_answer_of_its_own_page_alone_goes_with_the_page():
    asked = Question("q_1", "text", "哪张卡", most=20, when=When("way", ("银行卡",)))
    form = editing.with_question(ALLOWANCE, asked, ALLOWANCE.pages[1])
    assert "card" not in [page.key for page in editing.without_page(form, "card").pages]


def test_moving_what_decides_to_the_front_is_refused_in_words_by_the_rules_of_a_form():
    for form in (
        editing.question_moved(ALLOWANCE, "way", "up"),
        editing.page_moved(ALLOWANCE, "card", "up"),
    ):
        with pytest.raises(Rejected) as told:
            the_form_may_be_published(document_of(form))
        assert told.value.code == "form.condition_unknown"
        assert "“发放方式”应是前面某一页的最后一题" in told.value.message


def test_only_what_is_asked_before_can_decide():
    assert [one.key for one in editing.deciding(ALLOWANCE)] == ["way", "somebody"]
    assert [one.key for one in editing.deciding(ALLOWANCE, "cash")] == ["way"]
    assert editing.deciding(ALLOWANCE, "elder") == []


def test_a_page_and_a_form_are_full_at_some_time():
    page = ALLOWANCE.pages[1]
    many = replace(page, questions=tuple(replace(page.questions[0], key=f"k{n}") for n in range(30)))
    full = replace(ALLOWANCE, pages=(ALLOWANCE.pages[0], many))
    new = Question("q_1", "date", "哪一天")
    assert refused(editing.with_question, full, new, many) == "form.too_many_questions"
    assert refused(editing.question_moved, full, "way", "down") == "form.too_many_questions"
    long = replace(ALLOWANCE, pages=tuple(replace(page, key=f"p{n}") for n in range(20)))
    assert refused(editing.with_question, long, new, FormPage("p_1", "再一页", ())) == "form.too_many_pages"


def test_choices_are_several_and_differ():
    one = Question("q_1", "one", "哪一个", choices=("甲",))
    assert refused(editing.choices_differ, one) == "form.too_few_choices"
    assert refused(editing.choices_differ, replace(one, choices=("甲", "乙", "甲"))) == "form.choice_twice"
    editing.choices_differ(replace(one, choices=("甲", "乙")))
    editing.choices_differ(Question("q_1", "text", "姓名"))


def test_a_line_stays_a_line():
    assert (
        refused(editing.an_answer_has_an_end, Question("q", "text", "姓名", most=201))
        == "form.answer_too_long"
    )
    editing.an_answer_has_an_end(Question("q", "lines", "经过", most=2000))
    editing.an_answer_has_an_end(Question("q", "whole", "几口人", most=5000))


def test_what_is_not_there_any_more_is_said():
    for step in (editing.without_question, editing.without_page):
        with pytest.raises(NotFound):
            step(ALLOWANCE, "gone")


WAYS = {
    "question": (editing.without_question, editing.question_moved),
    "page": (editing.without_page, editing.page_moved),
}
STEPS = st.lists(
    st.tuples(
        st.sampled_from(("question", "page")),
        st.sampled_from(
            [one.key for _, one in ALLOWANCE.questions()] + [page.key for page in ALLOWANCE.pages]
        ),
        st.sampled_from(("up", "down", "out")),
    ),
    max_size=8,
)


@given(STEPS)
def test_whatever_is_moved_or_taken_out_leaves_a_form_of_the_same_questions_or_a_refusal(steps):
    form = ALLOWANCE
    for part, key, way in steps:
        out, moved = WAYS[part]
        try:
            after = out(form, key) if way == "out" else moved(form, key, way)
            if after.pages:
                the_form_may_be_published(document_of(after))
        except (Rejected, NotFound):
            continue
        if way != "out":
            assert {one for _, one in after.questions()} == {one for _, one in form.questions()}
        form = after
