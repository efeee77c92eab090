"""What a shape complains about is told without what was sent."""

from marshmallow import ValidationError, fields, validate

from services.chassis.core.schemas import Shape
from services.chassis.rpc.complaints import MOST, without_values

PERSON = "510183199001011234"


class Inner(Shape):
    digits = fields.String(validate=validate.Length(max=3, error="{input} is too long"))


class Outer(Shape):
    colour = fields.String(validate=validate.OneOf(["red"], error="not one of ours: {input}"))
    inner = fields.List(fields.Nested(Inner))


def complaints(request):
    try:
        Outer().load(request)
    except ValidationError as error:
        return without_values(error.messages, request)
    raise AssertionError("nothing to complain about")


def test_a_message_that_quotes_the_value_is_replaced():
    told = complaints({"colour": PERSON, "inner": [{}, {"digits": PERSON}]})
    assert PERSON not in str(told)
    assert set(told) == {"colour", "inner"}
    assert list(told["inner"]) == ["1"]


def test_a_message_that_does_not_quote_is_kept():
    assert complaints({"inner": 7}) == {"inner": ["应为一组值（用方括号括起）。"]}


def test_a_made_up_field_name_is_not_repeated():
    assert complaints({PERSON: 1, "x" * 100: 1}) == {"unknown_field": ["没有这一项，请删去或核对名称。"]}


def test_a_flood_of_mistakes_is_cut():
    told = complaints({"inner": [{"digits": "long" + str(n)} for n in range(1000)]})
    assert 0 < len(told["inner"]) <= MOST
