"""How an answer to each kind of question is cleaned: by the same fields as everything else that people type."""

from collections.abc import Callable

from marshmallow import fields, validate

from services.affairs.matters.forms.model import FormDefinition, FormPage, Question
from services.affairs.matters.forms.walk import asked
from services.chassis.core.schemas import Day, Fen, Region, Shape, Text, Whole
from services.civic.inputs import BankCard, NationalNumber, PersonName, Phone

KINDS: dict[str, Callable[[Question], fields.Field]] = {
    "text": lambda one: Text(one.most, **_of(one)),
    "lines": lambda one: Text(one.most, lines=True, **_of(one)),
    "whole": lambda one: Whole(one.least, one.most, **_of(one)),
    "fen": lambda one: _Money(one.least, one.most, **_of(one)),
    "date": lambda one: Day(**_of(one)),
    "one": lambda one: fields.String(validate=validate.OneOf(one.choices), **_of(one)),
    "some": lambda one: fields.List(
        fields.String(validate=validate.OneOf(one.choices)),
        validate=[_each_once, validate.Length(1 if one.required else 0, len(one.choices))],
        **_of(one),
    ),
    "yes_no": lambda one: _YesOrNo(**_of(one)),
    "phone": lambda one: Phone(**_of(one)),
    "id_number": lambda one: NationalNumber(**_of(one)),
    "bank_card": lambda one: BankCard(**_of(one)),
    "place": lambda one: Region(**_of(one)),
    "person": lambda one: fields.Nested(NamedPerson, **_of(one)),
}
"""A field by the kind of question, as `profile.json` names them."""


class NamedPerson(Shape):
    """Somebody who is named in a form: a spouse, a child, who takes the paper home."""

    name = PersonName(required=True)
    id_number = NationalNumber(load_default=None, allow_none=True)
    phone = Phone(load_default=None, allow_none=True)


class _Money(Fen):
    def __init__(self, least: int, most: int, **kwargs):
        super().__init__(least, **kwargs)
        self.validators = [validate.Range(least, most)]


class _YesOrNo(fields.Boolean):
    truthy, falsy = frozenset({True}), frozenset({False})  # type: ignore[assignment]

    def _deserialize(self, value, attr, data, **kwargs):
        if not isinstance(value, bool):
            raise self.make_error("invalid", input=value)
        return value


def shape_of(form: FormDefinition, answers: dict) -> Shape:
    """Make the shape of the answers that are asked for after these answers."""
    pages = {page.key: _of_page(page) for page in asked(form, answers)}
    return Shape.from_dict(pages, name="Answers")()  # type: ignore[return-value]


def _of_page(page: FormPage) -> fields.Field:
    shape = Shape.from_dict({one.key: KINDS[one.kind](one) for one in page.questions}, name="Answered")
    if page.is_group:
        bounds = validate.Length(page.least, page.most)
        return fields.List(fields.Nested(shape), required=page.least > 0, validate=bounds)
    return fields.Nested(shape, required=any(one.required for one in page.questions))


def _of(question: Question) -> dict:
    return {"required": question.required, "metadata": {"description": question.title}}


def _each_once(given: list) -> None:
    if len(given) != len(set(given)):
        raise validate.ValidationError("同一项选了两次，请只选一次。")
