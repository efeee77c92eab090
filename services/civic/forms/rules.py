"""What a form must be before it is published; each rule a reason why people could not fill it in otherwise."""

import json
import unicodedata
from collections import Counter
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import jsonschema_rs

from services.chassis.core.cleaning import visible
from services.chassis.core.errors import Rejected
from services.civic.forms.model import FormDefinition, Question, When, form_of

MOST_BYTES = 100_000
"""Of a form as JSON: thirty pages of print."""

KINDS_OF_FACTS = {"name": "text", "phone": "phone", "id_number": "id_number", "village": "place"}
"""Which kind of question a fact of the account can fill."""


def the_form_may_be_published(document: Mapping[str, Any]) -> FormDefinition:
    """Give the form of a document; raises Rejected by the first rule that it breaks."""
    it_is_of_a_size_that_people_fill_in(document)
    it_keeps_to_the_profile(document)
    form = form_of(document)
    words_can_be_read(form)
    each_question_has_a_key_of_its_own(form)
    what_is_required_is_asked(document)
    bounds_leave_an_answer(form)
    conditions_name_an_earlier_question_that_ends_its_page(form)
    facts_fill_questions_of_their_kind(form)
    return form


def it_is_of_a_size_that_people_fill_in(document: Mapping[str, Any]) -> None:
    """A form has an end; what is longer is several matters."""
    if len(json.dumps(document, ensure_ascii=False).encode()) > MOST_BYTES:
        raise Rejected("form.too_large", "表单太大，请删减题目或说明后再发布。")


def it_keeps_to_the_profile(document: Mapping[str, Any]) -> None:
    """Only what every page, check and print can show: no references, no patterns, no other keyword (`profile.json`)."""
    for error in _profile().iter_errors(document):
        at = "/".join(str(step) for step in error.instance_path) or "/"
        raise Rejected(
            "form.not_in_profile",
            f"表单的“{at[:200]}”处有系统不支持的写法，请按表单说明改正。",
            at=at[:200],
            keyword=str(error.schema_path[-1] if error.schema_path else "")[:50],
        )


def words_can_be_read(form: FormDefinition) -> None:
    """What is shown says something and hides nothing: two choices that look alike would be one to whoever reads them."""
    for page in form.pages:
        for text in (form.title, page.title, page.hint, *(one for q in page.questions for one in _words(q))):
            plain = visible(text).strip()
            if plain != text or any(unicodedata.category(one) == "Cc" and one != "\n" for one in text):
                raise Rejected(
                    "form.words_unclean", f"“{plain[:50]}”里有看不见的字符，或前后有空格，请改正后再发布。"
                )


def _words(question: Question) -> tuple[str, ...]:
    return (question.title, question.hint, question.example, *question.choices)


def each_question_has_a_key_of_its_own(form: FormDefinition) -> None:
    """An answer decides by the key of its question: two with one key would decide for each other."""
    keys = Counter(question.key for _, question in form.questions())
    if twice := [key for key, times in keys.items() if times > 1]:
        raise Rejected("form.key_twice", f"题目代号 {twice[0]} 用了两次，请改成不同的代号。", key=twice[0])


def what_is_required_is_asked(document: Mapping[str, Any]) -> None:
    """Nobody can answer what is not there."""
    for page in document["properties"].values():
        inside = page.get("items", page)
        if missing := set(inside.get("required", ())) - set(inside["properties"]):
            raise Rejected(
                "form.required_is_not_asked", f"必填项 {min(missing)} 不在题目里，请改正。", key=min(missing)
            )


def bounds_leave_an_answer(form: FormDefinition) -> None:
    """The largest number is no smaller than the smallest, and a group does not ask for more than it takes."""
    for page, question in form.questions():
        if any(isinstance(one, float) for one in (question.least, question.most, page.least, page.most)):
            raise Rejected(
                "form.bounds_not_whole", f"“{question.title}”的范围请写整数，不带小数点。", key=question.key
            )
        if question.kind in ("whole", "fen") and question.least > question.most:
            raise Rejected("form.bounds", f"“{question.title}”的最大值小于最小值，请改正。", key=question.key)
        if page.least > page.most:
            raise Rejected(
                "form.group_bounds", f"“{page.title}”的最少项数多于最多项数，请改正。", key=page.key
            )


def conditions_name_an_earlier_question_that_ends_its_page(form: FormDefinition) -> None:
    """Without script a page cannot change while it is filled in: what decides is the last question of an earlier page."""
    before: dict[str, Question] = {}
    for page in form.pages:
        for when in [page.when, *(question.when for question in page.questions)]:
            if when is not None:
                _decides(form, when, before)
        if page.is_group and any(question.when for question in page.questions):
            raise Rejected("form.condition_in_group", f"“{page.title}”是重复填写的一组，组内不能设条件。")
        last = page.questions[-1]
        if not page.is_group:
            before[last.key] = last


def facts_fill_questions_of_their_kind(form: FormDefinition) -> None:
    """A name is no number; and what an account knows of one person fills no list of several."""
    for page, question in form.questions():
        if question.fact and (page.is_group or KINDS_OF_FACTS[question.fact] != question.kind):
            raise Rejected(
                "form.fact_does_not_fit", f"“{question.title}”不能由账户资料填写，请改正。", key=question.key
            )


def _decides(form: FormDefinition, when: When, before: Mapping[str, Question]) -> None:
    question = before.get(when.question)
    if question is None:
        titles = (one.title for _, one in form.questions() if one.key == when.question)
        raise Rejected(
            "form.condition_unknown",
            f"条件所指的题目“{next(titles, when.question)}”应是前面某一页的最后一题，请调整顺序。",
            key=when.question,
        )
    if not all(_can_be_answered(question, one) for one in when.among):
        raise Rejected(
            "form.condition_never_holds",
            f"“{question.title}”没有条件里写的答案，请改正。",
            key=when.question,
        )


def _can_be_answered(question: Question, answer: str | bool) -> bool:
    if question.kind == "yes_no":
        return isinstance(answer, bool)
    return question.kind == "one" and answer in question.choices


@cache
def _profile() -> Any:
    text = files(__package__).joinpath("profile.json").read_text(encoding="utf-8")
    return jsonschema_rs.validator_for(json.loads(text))
