"""Shapes of divisions."""

from marshmallow import fields, validate

from services.chassis.events import Event, public
from services.chassis.schemas import Answer, Page, Region, Shape, page_of

LEVELS = ("county", "town", "village")


class FindRegion(Shape):
    """One division by its code."""

    code = Region(required=True)


class ListRegions(Page):
    """The divisions directly below one, by code."""

    parent = Region(required=True)


class Division(Answer):
    """A division with its code, official and short name, level and edition."""

    code = Region(required=True, attribute="region")
    name = fields.String(required=True)
    short_name = fields.String(required=True)
    level = fields.String(required=True, validate=validate.OneOf(LEVELS))
    parent = Region(required=True, allow_none=True)
    edition = fields.String(required=True)


DivisionPage = page_of(Division)


class RegionPublished(Event):
    """A division was entered or its entry changed."""

    name = "identity.region.published"
    code = public(Region(required=True))
    edition = public(fields.String(required=True))
