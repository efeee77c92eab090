"""Shapes of departures."""

from marshmallow import fields

from services.chassis.events import public
from services.chassis.same_events import OfDeparture
from services.chassis.schemas import Answer, Id


class MarketOpen(Answer):
    """One thing that has to be finished first."""

    id = Id(required=True)
    what = fields.String(required=True)
    state = fields.String(required=True)


class MarketObstacles(Answer):
    """What stands in the way of an erasure here: how much, and the first of it."""

    count = fields.Integer(required=True)
    items = fields.List(fields.Nested(MarketOpen), required=True)


class DepartureCleared(OfDeparture):
    """Nothing of this person is open in market, and nothing is begun any more."""

    name = "market.departure.cleared"


class DepartureHindered(OfDeparture):
    """Something of this person is open in market."""

    name = "market.departure.hindered"
    open_count = public(fields.Integer(required=True))
