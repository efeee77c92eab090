"""What affairs tells of adoptions."""

from marshmallow import fields

from services.chassis.events import Event, public
from services.chassis.schemas import Id


class AdoptionFollowed(Event):
    """Every application has followed its division; those of a division that was split wait at the county."""

    name = "affairs.adoption.followed"
    adoption_id = public(Id(required=True))


class AdoptionCounted(Event):
    """What an adoption that is rehearsed would move here: numbers by collection."""

    name = "affairs.adoption.counted"
    succession_id = public(Id(required=True))
    rehearsal = public(fields.Integer(required=True))
    counts = public(fields.Dict(fields.String(), fields.Integer(), required=True))
