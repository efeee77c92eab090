"""From what came back of a form's screens to answers as the API takes them, and back to what stands in its inputs.

An answer comes under `answers.<page>.<question>`, of the second of a group under `answers.<page>.1.<question>`; `answers.<page>.rows`
says how many of the group were shown. What was typed goes on as it was typed: what is wrong with it is said by the form's own rules.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from werkzeug.datastructures import MultiDict

from gateway.web.numbers import COUNTED, DATE_PARTS, YUAN, day_of, scaled, typed_day
from services.chassis.core.cleaning import is_number
from services.civic.forms.model import FormDefinition, FormPage, Question

PREFIX, ROWS = "answers", "rows"
YES, NO = "yes", "no"
PERSON = (("name", "姓名"), ("id_number", "身份证号"), ("phone", "手机号"))
"""What is said of a person who is named in a form."""
NUMBERS = {"whole": (1, COUNTED), "fen": (100, YUAN)}
"""Of each kind of number: how many of what the API counts in are one of what people count in, and what they write behind it."""


def name_of(page: FormPage, question: Question, row: int | None = None) -> str:
    """Give the name under which an answer comes."""
    return ".".join((PREFIX, page.key, *([] if row is None else [str(row)]), question.key))


def rows_name(page: FormPage) -> str:
    """Give the name under which comes how many of a group were shown."""
    return f"{PREFIX}.{page.key}.{ROWS}"


def rows_of(page: FormPage, sent: MultiDict) -> int:
    """Tell how many of a group are shown: one to begin with, and never more than the form takes."""
    said = sent.get(rows_name(page), "")
    shown = int(said) if is_number(said) and len(said) < 3 else 1
    return min(max(shown, page.least, 1), page.most)


def in_order(form: FormDefinition, sent: MultiDict, dropped: tuple[str, int] | None = None) -> MultiDict:
    """Move what was left blank of each group behind what was filled in, without the one that is `dropped` (page, number).

    So the numbers on the page are those of the answers, and what is refused stands where it was typed.
    """
    ordered = MultiDict(sent)
    for page in form.pages:
        if page.is_group:
            shown = list(range(rows_of(page, sent)))
            if dropped and dropped[0] == page.key and dropped[1] in shown:
                shown.remove(dropped[1])
            rows = [_taken_out(page, ordered, row) for row in range(page.most)]
            kept = sorted((rows[row] for row in shown), key=_is_blank)
            ordered[rows_name(page)] = str(max(len(kept), page.least, 1))
            for number, row in enumerate(kept):
                for rest, values in row.items():
                    ordered.setlist(f"{PREFIX}.{page.key}.{number}.{rest}", values)
    return ordered


def answers_in(form: FormDefinition, sent: MultiDict) -> dict[str, Any]:
    """Give every answer that came, asked or not."""
    return {page.key: _of_page(page, sent) for page in form.pages}


def typed(question: Question, name: str, sent: MultiDict) -> Any:
    """Give what stands in the input of a question."""
    if question.kind == "some":
        return sent.getlist(name)
    if question.kind == "date":
        return typed_day(sent, name)
    return sent.get(name, "")


def sent_of(form: FormDefinition, answers: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Give what a browser would have sent for answers that were kept, whatever is in them; what no input can show is left out."""
    for page in form.pages:
        given = answers.get(page.key)
        rows: list[tuple[int | None, Any]] = [(None, given)]
        if page.is_group and isinstance(given, list) and given:
            rows = [*enumerate(given)]
            yield rows_name(page), str(len(rows))
        for row, one in rows:
            for question in page.questions if isinstance(one, Mapping) else ():
                if question.key in one:
                    yield from _sent(question, name_of(page, question, row), one[question.key])


def _sent(question: Question, name: str, answer: Any) -> Iterator[tuple[str, str]]:
    if question.kind == "date" and isinstance(answer, str):
        for (part, _), text in zip(DATE_PARTS, answer.split("-"), strict=False):
            yield f"{name}-{part}", text.lstrip("0")
    elif question.kind == "person" and isinstance(answer, Mapping):
        for part, _ in PERSON:
            yield f"{name}.{part}", _as_typed(answer.get(part))
    elif question.kind == "some" and isinstance(answer, list):
        yield from ((name, _as_typed(one)) for one in answer)
    elif isinstance(answer, bool):
        yield name, YES if answer else NO
    elif question.kind == "fen" and isinstance(answer, int):
        yield name, number_said("fen", answer)
    else:
        yield name, _as_typed(answer)


def _as_typed(answer: Any) -> str:
    return str(answer) if isinstance(answer, (str, int)) else ""


def _of_page(page: FormPage, sent: MultiDict) -> Any:
    if not page.is_group:
        return dict(_answers(page, sent, None))
    rows = (dict(_answers(page, sent, row)) for row in range(rows_of(page, sent)))
    return [one for number, one in enumerate(rows) if one or number < page.least]


def _answers(page: FormPage, sent: MultiDict, row: int | None) -> Iterator[tuple[str, Any]]:
    for question in page.questions:
        name = name_of(page, question, row)
        answer = _VALUES.get(question.kind, _text)(typed(question, name, sent), name, sent)
        if answer not in (None, "", []):
            yield question.key, answer


def _text(given: str, _name: str, _sent: MultiDict) -> Any:
    return given.strip()


def _date(given: tuple[str, ...], _name: str, _sent: MultiDict) -> Any:
    return day_of(given) if any(given) else None


def _yes_or_no(given: str, _name: str, _sent: MultiDict) -> Any:
    return {YES: True, NO: False}.get(given, given)


def _person(_given: str, name: str, sent: MultiDict) -> Any:
    said = {part: sent.get(f"{name}.{part}", "").strip() for part, _ in PERSON}
    return {part: one for part, one in said.items() if one or part == "name"} if any(said.values()) else None


def number_in(kind: str, typed: str) -> int | str:
    """Read the number that answers such a question, "whole" or "fen"; what is none goes on as it is and is refused there."""
    scale, units = NUMBERS[kind]
    return scaled(typed.strip(), scale, units)


def number_said(kind: str, number: int) -> str:
    """Write the number that answers such a question as it is typed; `number_in` reads the same number from it."""
    return f"{number // 100}.{number % 100:02}".removesuffix(".00") if kind == "fen" else str(number)


def _number(kind: str) -> Callable[[str, str, MultiDict], Any]:
    return lambda given, _name, _sent: number_in(kind, given) if given.strip() else None


_VALUES: dict[str, Callable[[Any, str, MultiDict], Any]] = {
    "date": _date,
    "yes_no": _yes_or_no,
    "person": _person,
    "whole": _number("whole"),
    "fen": _number("fen"),
    "some": lambda given, _name, _sent: given,
}


def _is_blank(row: dict[str, list[str]]) -> bool:
    return not any(one.strip() for values in row.values() for one in values)


def _taken_out(page: FormPage, sent: MultiDict, row: int) -> dict[str, list[str]]:
    """Take the fields of one of a group out of what came, by what follows its number."""
    above = f"{PREFIX}.{page.key}.{row}."
    return {name.removeprefix(above): sent.poplist(name) for name in list(sent) if name.startswith(above)}
