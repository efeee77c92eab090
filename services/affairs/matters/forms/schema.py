"""A form as plain JSON Schema, for programs that fill it in: what one answer decides is written as if and then."""

from collections.abc import Iterator, Mapping
from typing import Any

from services.affairs.matters.forms.model import FormDefinition, FormPage, When, form_of

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def plain_schema(document: Mapping[str, Any]) -> dict[str, Any]:
    """Give the schema of the answers to a published form; what is not asked may be missing, or is dropped where it is not."""
    form = form_of(document)
    pages = {key: _without_conditions(page) for key, page in document["properties"].items()}
    rules = list(_conditions(form))
    whole = {
        "$schema": DIALECT,
        "type": "object",
        "title": form.title,
        "properties": pages,
        "required": [page.key for page in form.pages if page.when is None and _is_needed(page)],
        "additionalProperties": False,
    }
    return {**whole, "allOf": rules} if rules else whole


def _without_conditions(page: Mapping[str, Any]) -> dict[str, Any]:
    inside = page.get("items", page)
    always = [key for key in inside.get("required", ()) if "x-when" not in inside["properties"][key]]
    changed = {**inside, "required": always}
    return {**page, "items": changed} if "items" in page else changed


def _conditions(form: FormDefinition) -> Iterator[dict[str, Any]]:
    where = {question.key: page.key for page, question in form.questions()}
    for page in form.pages:
        if page.when and _is_needed(page):
            yield {"if": _answered(page.when, where), "then": {"required": [page.key]}}
        for question in page.questions:
            if question.when and question.required:
                asked = {"properties": {page.key: {"required": [question.key]}}, "required": [page.key]}
                yield {"if": _answered(question.when, where), "then": asked}


def _answered(when: When, where: Mapping[str, str]) -> dict[str, Any]:
    page = where[when.question]
    inside = {"properties": {when.question: {"enum": list(when.among)}}, "required": [when.question]}
    return {"properties": {page: inside}, "required": [page]}


def _is_needed(page: FormPage) -> bool:
    if page.is_group:
        return page.least > 0
    return any(one.required and one.when is None for one in page.questions)
