"""What integrity tells of adoptions."""

from marshmallow import fields

from services.chassis.events import Event, public
from services.chassis.schemas import Id


class AdoptionFollowed(Event):
    """Every report has followed the town whose people are kept from it."""

    name = "integrity.adoption.followed"
    adoption_id = public(Id(required=True))


class AdoptionCounted(Event):
    """Integrity would follow in a rehearsed adoption; how much moves is not told."""

    name = "integrity.adoption.counted"
    succession_id = public(Id(required=True))
    rehearsal = public(fields.Integer(required=True))
    counts = public(fields.Dict(fields.String(), fields.Integer(), required=True))
