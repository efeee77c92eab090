"""The inputs of one page of a matter's form, and in which words something in them is refused."""

from collections.abc import Iterator, Mapping, Sequence

from werkzeug.datastructures import MultiDict

from gateway.web import words
from gateway.web.form_answers import NO, NUMBERS, PERSON, YES, name_of, number_in, typed
from gateway.web.forms import Input
from gateway.web.typed import wrong_day
from services.civic.forms import facts
from services.civic.forms.model import FormPage, Question

KINDS = {
    "lines": "lines",
    "whole": "number",
    "fen": "money",
    "date": "date",
    "one": "choice",
    "yes_no": "choice",
    "some": "choices",
}
"""How an answer is filled in; what is not here is a line of text."""
KEYBOARDS = {
    "phone": "numeric",
    "whole": "numeric",
    "bank_card": "numeric",
    "place": "numeric",
    "fen": "decimal",
}
FIXED = "fixed"
"""The kind of what is shown and not typed."""
PLACE_HINT = "6 位（县）、9 位（镇）或 12 位（村）的区划代码；村的代码在村的主页上。"
SAME_NUMBER = "照身份证填写，要与实名认证的号码一致。"


def of_page(
    page: FormPage,
    rows: Sequence[int | None],
    sent: MultiDict,
    known: Mapping[str, str],
    wrong: Mapping[str, str],
) -> Iterator[Input]:
    """Give the inputs of a page, of a group row by row: with what was typed, and what is wrong with it."""
    for row in rows:
        for question in page.questions:
            name = name_of(page, question, row)
            if question.fact and known.get(question.fact):
                yield Input(name, question.title, "", FIXED, known[question.fact])
            elif question.kind == "person":
                yield from _of_a_person(question, name, sent, wrong)
            else:
                yield _one(question, name, sent, wrong.get(name, ""))


def in_words(page: FormPage, name: str, sent: MultiDict, sentence: str) -> str:
    """Say in words of who fills in what the API says in its own: it counts in 分, and writes a day as one word."""
    question = next((one for one in page.questions if name.endswith(f".{one.key}")), None)
    if question is None or not any(typed(question, name, sent)):
        return sentence
    if question.kind == "date" and "年份" not in sentence:
        return wrong_day(typed(question, name, sent))
    if question.kind in NUMBERS:
        scale, _ = NUMBERS[question.kind]
        if isinstance(number_in(question.kind, sent[name]), str):
            return f"请用数字填写，例如 {'12' if scale == 1 else '12 或 12.5'}。"
        least, most = (words.amount(bound * 1000 // scale) for bound in (question.least, question.most))
        return f"应在 {least} 到 {most} 之间。"
    return sentence


def _one(question: Question, name: str, sent: MultiDict, error: str) -> Input:
    given = typed(question, name, sent)
    return Input(
        name,
        question.title,
        _hint(question),
        KINDS.get(question.kind, "text"),
        given,
        error,
        question.required,
        _choices(question),
        keyboard=KEYBOARDS.get(question.kind, ""),
        kept=number_in(question.kind, given) if question.kind in NUMBERS else None,
    )


def _of_a_person(question: Question, name: str, sent: MultiDict, wrong: Mapping[str, str]) -> Iterator[Input]:
    inside = any(one.startswith(f"{name}.") for one in wrong)
    for part, called in PERSON:
        first, own = part == PERSON[0][0], f"{name}.{part}"
        error = wrong.get(own, "" if inside or not first else wrong.get(name, ""))
        yield Input(
            own,
            f"{question.title}的{called}",
            _hint(question) if first else "",
            "text",
            sent.get(own, ""),
            error,
            question.required and first,
            keyboard=KEYBOARDS.get(part, ""),
        )


def _hint(question: Question) -> str:
    example = f"例如：{question.example}" if question.example else ""
    own = question.hint or {"place": PLACE_HINT}.get(question.kind, "")
    if question.fact == facts.NUMBER:
        own = f"{own} {SAME_NUMBER}"
    return f"{own} {example}".strip()


def _choices(question: Question) -> tuple[tuple[str, str], ...]:
    if question.kind == "yes_no":
        return ((YES, "是"), (NO, "否"))
    return tuple((one, one) for one in question.choices)
