"""A form as it is walked: pages of questions, of which one earlier answer may say that they are not asked.

Source of the profile: JSON Schema 2020-12, core section 4.3 (what a schema is) and validation section 6; the keywords with x- are
annotations of ours, which other validators pass over.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Answers = Mapping[str, Any]
"""Answers by the key of their question, within {page: {question: answer}}; of a group {page: [{question: answer}]}."""


@dataclass(frozen=True)
class When:
    """The one earlier question whose answer decides, and the answers with which this is asked."""

    question: str
    among: tuple[str | bool, ...]

    def holds(self, answer: Any) -> bool:
        """Tell whether it is asked after this answer; 1 is no yes, though Python says so."""
        return any(type(answer) is type(one) and answer == one for one in self.among)


@dataclass(frozen=True)
class Question:
    """One question; `least` and `most` are characters, or the bounds of a number; `fact` names what may fill it."""

    key: str
    kind: str
    title: str
    required: bool = False
    hint: str = ""
    example: str = ""
    choices: tuple[str, ...] = ()
    least: int = 0
    most: int = 0
    fact: str | None = None
    when: When | None = None


@dataclass(frozen=True)
class FormPage:
    """Questions that are answered together; a group has `most` items of at least `least`, a page has `most` 0."""

    key: str
    title: str
    questions: tuple[Question, ...]
    hint: str = ""
    least: int = 0
    most: int = 0
    when: When | None = None

    @property
    def is_group(self) -> bool:
        """Tell whether the questions are answered for each of several: members of a household, fields, animals."""
        return self.most > 0


@dataclass(frozen=True)
class FormDefinition:
    """What an office asks for one matter."""

    title: str
    pages: tuple[FormPage, ...]

    def questions(self) -> Iterator[tuple[FormPage, Question]]:
        """Give every question with its page, in the order in which they are asked."""
        for page in self.pages:
            for question in page.questions:
                yield page, question


def form_of(document: Mapping[str, Any]) -> FormDefinition:
    """Read a document that the profile allows."""
    pages = tuple(_page(key, one) for key, one in document["properties"].items())
    return FormDefinition(document["title"], pages)


def _page(key: str, document: Mapping[str, Any]) -> FormPage:
    inside = document.get("items", document)
    required = inside.get("required", ())
    questions = (_question(name, one, name in required) for name, one in inside["properties"].items())
    return FormPage(
        key,
        document["title"],
        tuple(questions),
        document.get("description", ""),
        document.get("minItems", 0),
        document.get("maxItems", 0),
        _when(document),
    )


def _question(key: str, document: Mapping[str, Any], required: bool) -> Question:
    return Question(
        key,
        document["x-kind"],
        document["title"],
        required,
        document.get("description", ""),
        next(iter(document.get("examples", ())), ""),
        tuple(document.get("enum") or document.get("items", {}).get("enum", ())),
        document.get("minimum", 0),
        document.get("maxLength") or document.get("maximum", 0),
        document.get("x-from"),
        _when(document),
    )


def _when(document: Mapping[str, Any]) -> When | None:
    condition = document.get("x-when")
    return When(condition["question"], tuple(condition["is"])) if condition else None
