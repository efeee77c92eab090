"""What is made of what somebody answered: filled from facts, cleaned, refused in plain words, printed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from marshmallow import ValidationError

from services.chassis.core.errors import Rejected
from services.civic.forms.kinds import shape_of
from services.civic.forms.model import Answers, FormDefinition, FormPage, Question, form_of
from services.civic.forms.walk import asked, without_what_is_not_asked

DO_NOT_FIT = "form.answers_do_not_fit"
"""The code with which answers are refused; `fields` of its details says what is wrong with which."""


@dataclass(frozen=True)
class Printed:
    """One part of a filled form: a page, or one item of a group, as (question, answer) in words."""

    title: str
    lines: tuple[tuple[str, str], ...]

    def as_document(self) -> dict:
        """Give it as it is kept with what was applied for: the form may be another one by then."""
        lines = [{"question": question, "answer": answer} for question, answer in self.lines]
        return {"title": self.title, "lines": lines}


def filled_in(document: dict, answers: Answers, facts: Mapping[str, str]) -> tuple[dict, list[dict]]:
    """Give the answers to a published form as they are kept, and the same in words; raises what `cleaned` does."""
    form = form_of(document)
    kept = cleaned(form, answers, facts)
    return kept, [one.as_document() for one in printed(form, kept)]


def pages_of(document: dict | None, answers: Answers) -> tuple[int, int]:
    """Tell how many pages of a published form are asked after these answers, and how many of them have one; (0, 0) without a form."""
    pages = [page.key for page in asked(form_of(document), answers)] if document else []
    return len(pages), sum(1 for key in pages if answers.get(key))


def cleaned(form: FormDefinition, answers: Answers, facts: Mapping[str, str]) -> dict[str, Any]:
    """Give the answers as they are kept; raises Rejected with a sentence for each question that has to be corrected.

    `facts` are what the account says of whom it is for, by name: where there is one, what was typed in its place counts for
    nothing, so that nobody applies under another's name. Dates are text, as JSON has them.
    """
    filled = _filled(form, without_what_is_not_asked(form, answers), facts)
    try:
        return _as_json(shape_of(form, filled).load(filled))
    except ValidationError as error:
        raise Rejected(
            "form.answers_do_not_fit", "表单还有几处需要改正，请看各题下面的说明。", fields=error.messages
        ) from None


def wrong_on(form: FormDefinition, page: FormPage, answers: Answers) -> Any:
    """Give what is wrong with the answers to one page as `cleaned` says it of all, for who fills in page by page; {} where nothing is."""
    left = without_what_is_not_asked(form, answers)
    return shape_of(form, left).validate(left).get(page.key, {})


def printed(form: FormDefinition, answers: Answers) -> Iterator[Printed]:
    """Give what was asked and answered, in the order of the form; what was left empty says so."""
    for page in asked(form, answers):
        given = answers.get(page.key)
        if not page.is_group:
            yield Printed(page.title, _lines(page, given or {}))
            continue
        for number, one in enumerate(given or [], start=1):
            yield Printed(f"{page.title}（{number}）", _lines(page, one))


def said(question: Question, answer: Any) -> str:
    """Say an answer in words."""
    if answer is None or answer in ("", []):
        return "（未填写）"
    if question.kind == "yes_no":
        return "是" if answer else "否"
    if question.kind == "fen":
        return f"{answer // 100}.{answer % 100:02} 元"
    if question.kind == "some":
        return "、".join(answer)
    if question.kind == "date":
        day = date.fromisoformat(answer)
        return f"{day.year}年{day.month}月{day.day}日"
    if question.kind == "person":
        return "，".join(one for one in (answer["name"], answer.get("id_number"), answer.get("phone")) if one)
    return str(answer)


def _lines(page: FormPage, given: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    return tuple((one.title, said(one, given.get(one.key))) for one in page.questions)


def _filled(form: FormDefinition, answers: dict[str, Any], facts: Mapping[str, str]) -> dict[str, Any]:
    filled = dict(answers)
    for page in asked(form, answers):
        known = {one.key: facts[one.fact] for one in page.questions if one.fact and facts.get(one.fact)}
        if known:
            given = filled.get(page.key)
            filled[page.key] = {**(given if isinstance(given, Mapping) else {}), **known}
    return filled


def _as_json(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _as_json(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_as_json(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value
