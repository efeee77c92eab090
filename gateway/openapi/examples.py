"""Examples of requests and answers, made of the fields' examples: one table instead of one text for each operation."""

from functools import cache
from typing import Any

from marshmallow import Schema, fields, validate

from gateway.aggregation import UnavailablePart
from gateway.openapi.words import EXAMPLES, OMITTED, names_of
from services.chassis.core.schemas import Id, Region

KEY = "7d9f1c0e-5b1a-4c62-9a5e-2f7c1b3d8e40"
RAW = {
    "text/plain": '{"id": "1", "state": "delivered"}',
    "application/octet-stream": "(bytes)",
    "text/csv": "510183195803120022,王秀英,510183103204\n",
}
"""What is sent where a body is no JSON, by its media type."""
MASKED = {
    "masked_name": "王*英", "shown_name": "王*英", "masked_phone": "138****0109", "shown_phone": "138****0109",
    "masked_id_number": "5101**************",
}  # fmt: skip
"""What an answer shows that reads a masked property instead of the field of its name."""
ID = "e27a1bb4693a5db494e9bb67c1c5f0e8"
CODES = {6: "510183", 9: "510183103", 12: "510183103204"}
BY_KIND: dict[type[fields.Field], Any] = {
    fields.DateTime: "2026-11-21T08:00:00+00:00",
    fields.Date: "2026-11-21",
    fields.Boolean: True,
    fields.Dict: {},
    Id: ID,
}


def of_request(shape: Schema) -> dict:
    """Give a request: what is required, and what else may be said at the same time."""
    return {one.data_key or name: of_field(one) for name, one in shape.fields.items() if is_given(one)}


@cache
def of_answer(shape: type[Schema]) -> dict:
    """Give an answer with every field."""
    return {one.data_key or name: of_field(one) for name, one in shape().fields.items()}


def is_given(field: fields.Field) -> bool:
    """Tell whether an example says this field."""
    return field.required or not OMITTED & set(names_of(field))


def of_field(field: fields.Field) -> Any:
    """Give the example of a field: as its contract says, else as the table does, else a value of its kind."""
    if "example" in field.metadata:
        return field.metadata["example"]
    if field.attribute in MASKED:
        return MASKED[field.attribute]
    if "oneOf" in field.metadata:
        return of_answer(UnavailablePart)
    if isinstance(field, fields.Nested):
        return of_answer(type(field.schema))
    if isinstance(field, fields.List):
        # rows are shown as rows, whatever a plain list of the same name says
        found = None if isinstance(field.inner, fields.Nested) else _from_table(field)
        return [of_field(field.inner)] * _least(field) if found is None else found
    one_of = field.validate if isinstance(field.validate, validate.OneOf) else None
    if one_of:
        return _first(one_of, field)
    # a time is written in one way, whatever a text of the same name says
    found = None if isinstance(field, fields.DateTime) else _from_table(field)
    return _of_kind(field) if found is None else found


def _from_table(field: fields.Field) -> Any:
    return next((EXAMPLES[name] for name in names_of(field) if name in EXAMPLES), None)


def _first(one_of: validate.OneOf, field: fields.Field) -> Any:
    """The table may prefer one of the values; it must be one."""
    preferred = _from_table(field)
    choices = list(one_of.choices)
    return preferred if preferred in choices else choices[0]


def _least(field: fields.List) -> int:
    length = field.validate if isinstance(field.validate, validate.Length) else None
    return (length.equal or length.min or 1) if length else 1


def _of_kind(field: fields.Field) -> Any:
    if isinstance(field, Region):
        return CODES[Region.LEVELS[field.level or "village"]]
    if isinstance(field, fields.Number):
        within = field.validate if isinstance(field.validate, validate.Range) else None
        return (within.min if within else None) or 1
    return next((value for kind, value in BY_KIND.items() if isinstance(field, kind)), "")
