"""What is told of adoptions. All events of one adoption, also those of its regions, come in order."""

from marshmallow import fields, validate

from services.chassis.core.schemas import Id, Region
from services.chassis.events.event import Event, public


class _OfAdoption(Event):
    """What every event of an adoption says."""

    adoption_id = public(Id(required=True))
    earlier = public(fields.String(required=True))
    later = public(fields.String(required=True))


class AdoptionBegun(_OfAdoption):
    """A county begins to leave an edition; nothing has moved yet."""

    name = "identity.adoption.begun"


class RegionMoved(_OfAdoption):
    """A division has another code, or is part of another, in the edition that its county adopts.

    The event's region is the old one. Several codes are a split: what belongs to it goes to the county until each is placed.
    """

    name = "identity.region.moved"
    code = public(Region(required=True))
    new = public(fields.List(Region(), required=True, validate=validate.Length(1, 20)))


class AdoptionMoved(_OfAdoption):
    """Every division has moved; `regions` is how many were told before."""

    name = "identity.adoption.moved"
    regions = public(fields.Integer(required=True))


class AdoptionFinished(_OfAdoption):
    """Everything has followed, and the posts have power again."""

    name = "identity.adoption.finished"
