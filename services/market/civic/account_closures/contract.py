"""Shapes of departures."""

from marshmallow import fields

from services.chassis.core.schemas import Answer, Id
from services.chassis.events.event import public
from services.civic.event_shapes import ClosureEvent
from services.civic.operation import Operation


class MarketOpen(Answer):
    """One thing that has to be finished first."""

    id = Id(required=True)
    what = fields.String(required=True)
    state = fields.String(required=True)


class MarketObstacles(Answer):
    """What stands in the way of an erasure here: how much, and the first of it."""

    count = fields.Integer(required=True)
    items = fields.List(fields.Nested(MarketOpen), required=True)


class DepartureCleared(ClosureEvent):
    """Nothing of this person is open in market, and nothing is begun any more."""

    name = "market.departure.cleared"


class DepartureHindered(ClosureEvent):
    """Something of this person is open in market."""

    name = "market.departure.hindered"
    open_count = public(fields.Integer(required=True))


list_orders_in_the_way = Operation(None, MarketObstacles, allow=("resident",))
