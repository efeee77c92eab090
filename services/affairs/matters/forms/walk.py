"""The one walk over a form and its answers: what is asked, in which order; everything else goes by it.

Which questions are asked depends on answers to questions that are asked themselves: an answer that stayed behind from a page that
is not shown any more decides nothing (Open Forms and RJSF keep such values, and were reported for it).
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from services.affairs.matters.forms.model import Answers, FormDefinition, FormPage, When


def asked(form: FormDefinition, answers: Answers) -> Iterator[FormPage]:
    """Give the pages that are asked after these answers, each with the questions that are asked of it."""
    said: dict[str, Any] = {}
    for page in form.pages:
        if not _holds(page.when, said):
            continue
        given = answers.get(page.key)
        questions = []
        for question in page.questions:
            if _holds(question.when, said):
                questions.append(question)
                if not page.is_group and isinstance(given, Mapping) and question.key in given:
                    said[question.key] = given[question.key]
        if questions:
            yield replace(page, questions=tuple(questions))


def without_what_is_not_asked(form: FormDefinition, answers: Answers) -> dict[str, Any]:
    """Drop answers to questions that are not asked; a page that the form does not know stays, and is refused."""
    known = {page.key: page for page in form.pages}
    left: dict[str, Any] = {key: one for key, one in answers.items() if key not in known}
    for page in asked(form, answers):
        if page.key in answers:
            every = {one.key for one in known[page.key].questions}
            dropped = every - {one.key for one in page.questions}
            left[page.key] = _without(answers[page.key], dropped)
    return left


def _without(given: Any, dropped: set[str]) -> Any:
    if isinstance(given, list):
        return [_without(one, dropped) for one in given]
    return (
        {key: one for key, one in given.items() if key not in dropped}
        if isinstance(given, Mapping)
        else given
    )


def _holds(when: When | None, said: Mapping[str, Any]) -> bool:
    return when is None or when.holds(said.get(when.question))
