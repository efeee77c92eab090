"""Shapes of departures."""

from marshmallow import fields

from services.chassis.core.schemas import Answer, Id
from services.chassis.events.event import public
from services.civic.event_shapes import ClosureEvent
from services.civic.operation import Operation


class AffairsOpen(Answer):
    """One thing that has to be finished first."""

    id = Id(required=True)
    what = fields.String(required=True)
    state = fields.String(required=True)


class AffairsObstacles(Answer):
    """What stands in the way of an erasure here: how much, and the first of it."""

    count = fields.Integer(required=True)
    items = fields.List(fields.Nested(AffairsOpen), required=True)


class DepartureCleared(ClosureEvent):
    """Nothing of this person is open in affairs, and nothing is begun any more."""

    name = "affairs.departure.cleared"


class DepartureHindered(ClosureEvent):
    """Something of this person is open in affairs."""

    name = "affairs.departure.hindered"
    open_count = public(fields.Integer(required=True))


list_applications_in_the_way = Operation(None, AffairsObstacles, allow=("resident",))
