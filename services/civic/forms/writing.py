"""A form as a document of the profile again: what `model.form_of` reads, written back.

Which keywords a kind of question has is said here once, for the forms that are shipped and for those that an office writes on pages.
"""

from collections.abc import Mapping
from typing import Any

from services.civic.forms.model import FormDefinition, FormPage, Question, When

LONGEST = {"text": 100, "lines": 1000}
"""Characters that an answer may have where nobody said how many."""
LARGEST = {"whole": 1_000_000, "fen": 10_000_000_000}
"""The largest number that may be answered where nobody said which; of money in fen."""
FORMATS = {
    "date": "date",
    "phone": "mobile-number",
    "id_number": "id-number",
    "bank_card": "bank-card",
    "place": "division-code",
}


def document_of(form: FormDefinition) -> dict[str, Any]:
    """Write a form as it is published."""
    return {
        "type": "object",
        "title": form.title,
        "properties": {page.key: _page(page) for page in form.pages},
        "additionalProperties": False,
    }


def _page(page: FormPage) -> dict[str, Any]:
    inside = {
        "type": "object",
        "properties": {one.key: question_document(one) for one in page.questions},
        "required": [one.key for one in page.questions if one.required],
        "additionalProperties": False,
    }
    said = {"title": page.title, **_if_said(description=page.hint), **_asked_when(page.when)}
    if page.is_group:
        return {"type": "array", **said, "minItems": page.least, "maxItems": page.most, "items": inside}
    return {**inside, **said}


def question_document(one: Question) -> dict[str, Any]:
    """Write one question; what `least` and `most` do not say is said for its kind."""
    said = {"x-kind": one.kind, "title": one.title, **_if_said(description=one.hint)}
    examples = {"examples": [one.example]} if one.example else {}
    fact = _if_said(**{"x-from": one.fact})
    return {**said, **examples, **fact, **_asked_when(one.when), **_of_the_kind(one)}


def _of_the_kind(one: Question) -> dict[str, Any]:
    if one.kind in LARGEST:
        return {"type": "integer", "minimum": one.least, "maximum": one.most or LARGEST[one.kind]}
    if one.kind in ("yes_no", "person"):
        return {"type": {"yes_no": "boolean", "person": "object"}[one.kind]}
    if one.kind == "some":
        return {
            "type": "array",
            "uniqueItems": True,
            "items": {"type": "string", "enum": list(one.choices)},
        }
    if one.kind == "one":
        return {"type": "string", "enum": list(one.choices)}
    if one.kind in LONGEST:
        return {"type": "string", "maxLength": one.most or LONGEST[one.kind]}
    return {"type": "string", "format": FORMATS[one.kind]}


def _asked_when(when: When | None) -> dict[str, Any]:
    return {"x-when": {"question": when.question, "is": list(when.among)}} if when else {}


def _if_said(**named: str | None) -> Mapping[str, str]:
    return {name: said for name, said in named.items() if said}
