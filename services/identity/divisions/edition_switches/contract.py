"""Shapes of adoptions; what is told of them stands in `events.py`."""

from marshmallow import fields, validate

from services.chassis.core.schemas import Answer, Id, Page, Region, Shape, Time, page_of
from services.civic.operation import Operation

PHASES = ("resting", "moving", "following", "finished")


class BeginAdoption(Shape):
    """Leave the adopted edition by a confirmed table of successors."""

    succession_id = Id(required=True)


class FindAdoption(Shape):
    """One adoption by id."""

    adoption_id = Id(required=True)


class ListAdoptions(Page):
    """The adoptions of the caller's county, oldest first."""


class ListUnplaced(Page):
    """Who belonged to a division that was split and waits to be placed, longest registered first."""

    adoption_id = Id(required=True)
    code = Region(required=True, metadata={"description": "拆分前的区划代码"})


class PlaceResident(Shape):
    """To which part of the split village a resident belongs."""

    adoption_id = Id(required=True)
    resident_id = Id(required=True)
    village = Region("village", required=True)


class PlaceOfficial(Shape):
    """Which part of the split division an official serves."""

    adoption_id = Id(required=True)
    official_id = Id(required=True)
    region = Region(required=True)


class PlacePartyUnit(Shape):
    """To which part of the split division a party unit belongs, with its members."""

    adoption_id = Id(required=True)
    unit_id = Id(required=True)
    region = Region(required=True)


class Adoption(Answer):
    """How far a county is on its way; `regions` is how many divisions move in all."""

    id = Id(required=True)
    region = Region(required=True)
    succession_id = Id(required=True)
    earlier = fields.String(required=True)
    later = fields.String(required=True)
    phase = fields.String(required=True, validate=validate.OneOf(PHASES))
    regions = fields.Integer(required=True)
    moved_regions = fields.Integer(required=True)
    followed = fields.List(fields.String(), required=True)
    begun_at = Time(required=True)
    finished_at = Time(required=True, allow_none=True)


class AwaitingPlacement(Answer):
    """Who and what of a division that was split waits until the county says to which part it belongs."""

    code = Region(required=True, metadata={"description": "拆分前的区划代码"})
    residents = fields.Integer(required=True, metadata={"description": "等待分配的居民数"})
    officials = fields.List(Id(), required=True, metadata={"description": "等待分配的工作人员编号"})
    party_units = fields.List(Id(), required=True, metadata={"description": "等待分配的党支部编号"})


class AdoptionProgress(Adoption):
    """How far a county is on its way, and who waits since then to be placed."""

    waiting = fields.List(
        fields.Nested(AwaitingPlacement),
        required=True,
        metadata={"description": "拆分后尚未分配的，全部分配后为空"},
    )


AdoptionPage = page_of(Adoption)


class Unplaced(Answer):
    """A resident who waits to be placed, masked."""

    id = Id(required=True)
    name = fields.String(attribute="masked_name", required=True)
    phone = fields.String(attribute="masked_phone", required=True)
    awaiting = Region(required=True, allow_none=True)
    region = Region(required=True)


UnplacedPage = page_of(Unplaced)


class Placed(Answer):
    """Somebody and the division that they belong to now."""

    id = Id(required=True)
    region = Region(required=True)


EDITORS = ("county_administrator",)

begin_adoption = Operation(BeginAdoption, Adoption, allow=EDITORS, writes=True)
find_adoption = Operation(FindAdoption, AdoptionProgress, allow=EDITORS)
list_adoptions = Operation(ListAdoptions, AdoptionPage, allow=EDITORS)
list_unplaced = Operation(ListUnplaced, UnplacedPage, allow=EDITORS)
place_resident = Operation(PlaceResident, Placed, allow=EDITORS, writes=True)
place_party_unit = Operation(PlacePartyUnit, Placed, allow=EDITORS, writes=True)
place_official = Operation(PlaceOfficial, Placed, allow=EDITORS, writes=True)
