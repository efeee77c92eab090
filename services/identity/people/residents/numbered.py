"""Whose a short number is: asked by the gateway alone, which then asks what was wanted with the id."""

from marshmallow import fields, validate

from services.chassis.core.schemas import Answer, Id, Shape
from services.civic.calls import Call
from services.identity.people.residents.number_guesses import NumberGuesses
from services.identity.people.residents.store import ResidentStore


class AskWhoseNumber(Shape):
    """A short number, twelve digits, whose check digit fits (`services/civic/short_numbers.py`)."""

    number = fields.String(required=True, validate=validate.Regexp(r"\A[0-9]{12}\Z"))
    asked_by = fields.String(load_default="", metadata={"description": "报编号的账号"})


class NumberedPerson(Answer):
    """Who it is, and nothing else of them."""

    id = Id(required=True)


def whose(residents: ResidentStore, guesses: NumberGuesses, call: Call) -> dict:
    """Give the id; raises NotFound for nobody's number, and for one that two share, TooMany for who names too many of those."""
    guesses.count(call)
    found = residents.of_number(call.data["number"])
    guesses.hit(call)
    return {"id": found}
