"""Whose a short number is: asked by the gateway alone, which then asks what was wanted with the id."""

from marshmallow import fields, validate

from services.chassis.core.schemas import Answer, Id, Shape
from services.civic.calls import Call
from services.identity.people.residents.store import ResidentStore


class AskWhoseNumber(Shape):
    """A short number, twelve digits, whose check digit fits (`services/civic/short_numbers.py`)."""

    number = fields.String(required=True, validate=validate.Regexp(r"\A[0-9]{12}\Z"))


class NumberedPerson(Answer):
    """Who it is, and nothing else of them."""

    id = Id(required=True)


def whose(residents: ResidentStore, call: Call) -> dict:
    """Give the id; raises NotFound for nobody's number, and for one that two share."""
    return {"id": residents.of_number(call.data["number"])}
