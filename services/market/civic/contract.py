"""What market tells of adoptions, departures and portions, and the shape of what stands in the way of an erasure."""

from marshmallow import fields

from services.chassis.core.schemas import Answer
from services.civic.event_shapes import (
    ClosureEvent,
    ExportPartEvent,
    HinderedClosureEvent,
    Obstacle,
    SwitchCountedEvent,
    SwitchFollowedEvent,
)
from services.civic.operation import Operation


class MarketOpen(Obstacle):
    """One thing that has to be finished first."""


class MarketObstacles(Answer):
    """What stands in the way of an erasure here: how much, and the first of it."""

    count = fields.Integer(required=True)
    items = fields.List(fields.Nested(MarketOpen), required=True)


class MarketAdoptionFollowed(SwitchFollowedEvent):
    """Every offer, order and payment has followed its division; those of a division that was split wait at the county."""

    name = "market.adoption.followed"


class MarketAdoptionCounted(SwitchCountedEvent):
    """What an adoption that is rehearsed would move here: numbers by collection."""

    name = "market.adoption.counted"


class MarketDepartureCleared(ClosureEvent):
    """Nothing of this person is open in market, and nothing is begun any more."""

    name = "market.departure.cleared"


class MarketDepartureHindered(HinderedClosureEvent):
    """Something of this person is open in market."""

    name = "market.departure.hindered"


class MarketPortionGathered(ExportPartEvent):
    """What market holds of a resident was gathered for that resident; nothing says what or whether anything."""

    name = "market.portion.gathered"


list_orders_in_the_way = Operation(None, MarketObstacles, allow=("resident",))
