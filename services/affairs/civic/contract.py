"""What affairs tells of adoptions, departures and portions, and the shape of what stands in the way of an erasure."""

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


class AffairsOpen(Obstacle):
    """One thing that has to be finished first."""


class AffairsObstacles(Answer):
    """What stands in the way of an erasure here: how much, and the first of it."""

    count = fields.Integer(required=True)
    items = fields.List(fields.Nested(AffairsOpen), required=True)


class AffairsAdoptionFollowed(SwitchFollowedEvent):
    """Every application has followed its division; those of a division that was split wait at the county."""

    name = "affairs.adoption.followed"


class AffairsAdoptionCounted(SwitchCountedEvent):
    """What an adoption that is rehearsed would move here: numbers by collection."""

    name = "affairs.adoption.counted"


class AffairsDepartureCleared(ClosureEvent):
    """Nothing of this person is open in affairs, and nothing is begun any more."""

    name = "affairs.departure.cleared"


class AffairsDepartureHindered(HinderedClosureEvent):
    """Something of this person is open in affairs."""

    name = "affairs.departure.hindered"


class AffairsPortionGathered(ExportPartEvent):
    """What affairs holds of a resident was gathered for that resident; nothing says what or whether anything."""

    name = "affairs.portion.gathered"


list_applications_in_the_way = Operation(None, AffairsObstacles, allow=("resident",))
