"""Whom a request names by a short number: identity says the id, and the operation is asked with that.

One place for every operation, so that no service but identity knows numbers, and a repeat under one key stays the same request.
"""

from collections.abc import Iterator
from contextlib import suppress
from functools import cache

from marshmallow import Schema, fields

from services.chassis.core import cleaning
from services.chassis.core.actor import may_call
from services.chassis.core.calls import Caller
from services.chassis.core.errors import NotFound
from services.civic import short_numbers
from services.civic.actor import SYSTEM, CivicActor
from services.civic.inputs import PersonId
from services.civic.operation import Operation

LONGEST = 100
"""Characters that are looked at: twelve digits with whatever stands between them."""
MOST = 40
"""Numbers of one request that are asked about: no operation takes so many people; whoever sends more is refused by it."""


def by_id(client, operation: Operation, asked: dict, actor: CivicActor, caller: Caller | None = None) -> dict:
    """Give the request with ids in place of numbers; one that is nobody's stays, and is refused like any unknown id.

    Who names too many of those is told to wait: raises TooMany. So identity hears who asks, and where from.

    Nothing is asked for who may not call the operation at all.
    """
    shape = operation.request
    if shape is None or not names_people(shape) or not may_call(actor, operation.allow):
        return asked
    return _without_numbers(_Asking(client, actor, caller), shape(), asked)


def asks_where_from(operation: Operation) -> bool:
    """Tell whether it matters where a request comes from: to the operation, or because numbers may be guessed in it."""
    return operation.caller or (operation.request is not None and names_people(operation.request))


class _Asking:
    """Asks whose numbers are, and no more often than is due."""

    def __init__(self, client, actor: CivicActor, caller: Caller | None):
        self._client, self._left = client, MOST
        self._asked_by, self._caller = actor.id, caller

    def id_of(self, given: str) -> str:
        """Give the id of a number; what is none, or nobody's, as it is."""
        number = cleaning.compact(given) if len(given) <= LONGEST else ""
        if (
            not short_numbers.looks_like_a_number(number)
            or not short_numbers.is_right(number)
            or not self._left
        ):
            return given
        self._left -= 1
        asked = {"number": number, "asked_by": self._asked_by}
        with suppress(NotFound):
            return self._client.call("identity", "whose_number", asked, SYSTEM, caller=self._caller)["id"]
        return given


@cache
def names_people(shape: type[Schema]) -> bool:
    """Tell whether a request names somebody, at whatever depth."""
    return any(isinstance(one, PersonId) for one in _inside(shape()))


def _inside(shape: Schema) -> Iterator[fields.Field]:
    for one in shape.fields.values():
        yield one
        if nested := _nested(one):
            yield from _inside(nested)


def _nested(one: fields.Field) -> Schema | None:
    inner = one.inner if isinstance(one, fields.List) else one
    return inner.schema if isinstance(inner, fields.Nested) else None


def _without_numbers(asking: _Asking, shape: Schema, asked: dict) -> dict:
    found = dict(asked)
    for name, one in shape.fields.items():
        given, nested = asked.get(name), _nested(one)
        if isinstance(one, PersonId) and isinstance(given, str):
            found[name] = asking.id_of(given)
        elif nested and isinstance(given, dict):
            found[name] = _without_numbers(asking, nested, given)
        elif nested and isinstance(given, list):
            found[name] = [
                _without_numbers(asking, nested, row) if isinstance(row, dict) else row for row in given
            ]
    return found
