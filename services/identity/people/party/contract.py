"""Shapes of party units and members; membership is sensitive (《个人信息保护法》第二十八条), so no event names a member."""

from marshmallow import fields, validate

from services.chassis.core.schemas import (
    Answer,
    Former,
    Id,
    Name,
    Page,
    Region,
    Shape,
    Text,
    Time,
    Whole,
    page_of,
)
from services.chassis.events.event import Event, public
from services.civic.operation import Operation

WAYS = ("visit", "phone", "message", "meeting")
LONGEST_SILENCE = 3650
USUAL_SILENCE = 90


class FoundUnit(Shape):
    """A unit (党支部) in a region of the caller's."""

    name = Name(60, required=True, metadata={"description": "党支部名称"})
    region = Region(required=True)


class FindUnit(Shape):
    """One unit, and how many of its members were contacted within so many days."""

    unit_id = Id(required=True)
    days = Whole(1, LONGEST_SILENCE, load_default=USUAL_SILENCE)


class ListUnits(Page):
    """The units of the caller's regions, by name."""


class EnterMember(Shape):
    """A certified resident of the unit's region becomes a member of it."""

    unit_id = Id(required=True)
    resident_id = Id(required=True)


class OfPartyMember(Shape):
    """One member."""

    resident_id = Id(required=True)


class TransferMember(OfPartyMember):
    """A member goes to another unit (转移组织关系)."""

    unit_id = Id(required=True)


class MarkFloating(OfPartyMember):
    """A member works elsewhere (流动党员): where to; null when back."""

    floating_to = Text(
        60, 2, required=True, allow_none=True, metadata={"description": "流动去向，如 广东省东莞市"}
    )


class RecordContact(OfPartyMember):
    """Somebody was in touch with a member."""

    way = fields.String(required=True, validate=validate.OneOf(WAYS))
    at = Time(load_default=None, allow_none=True, metadata={"description": "联系时间；不填为现在"})


class ListMembers(Page):
    """The members of a unit, longest without contact first; with `silent_days` only those not contacted for so long."""

    unit_id = Id(required=True)
    silent_days = Whole(1, LONGEST_SILENCE, load_default=None, allow_none=True)


class PartyUnit(Answer):
    """A unit."""

    id = Id(required=True)
    name = fields.String(required=True)
    region = Region(required=True)
    founded_at = Time(required=True)
    formerly = fields.List(fields.Nested(Former), required=True)


class UnitCoverage(PartyUnit):
    """A unit with its coverage: members among the certified residents of its region, and who was contacted lately."""

    members = fields.Integer(required=True)
    floating = fields.Integer(required=True)
    contacted = fields.Integer(required=True, metadata={"description": "近 days 天联系过的党员数"})
    certified_residents = fields.Integer(required=True)
    percent_of_residents = fields.Float(required=True, allow_none=True)


class PartyMember(Answer):
    """A member as administrators and the member see it."""

    id = Id(required=True, metadata={"description": "居民编号"})
    unit_id = Id(required=True)
    region = Region(required=True)
    entered_at = Time(required=True)
    floating_to = fields.String(allow_none=True, required=True)
    floating_since = Time(allow_none=True)
    last_contact_at = Time(allow_none=True, required=True)
    last_contact_by = Id(allow_none=True)
    last_contact_way = fields.String(allow_none=True)


class NamedPartyMember(PartyMember):
    """A member with the masked name."""

    name = fields.String(required=True, allow_none=True)


class Left(Answer):
    """Somebody is no longer entered as a member."""

    id = Id(required=True)


PartyUnitPage = page_of(PartyUnit)
NamedPartyMemberPage = page_of(NamedPartyMember)


class PartyUnitFounded(Event):
    """A party unit was entered in a region."""

    name = "identity.party_unit.founded"
    unit_id = public(Id(required=True))


class PartyUnitPlaced(Event):
    """The county said to which part of a split division a unit belongs: the event's region."""

    name = "identity.party_unit.placed"
    unit_id = public(Id(required=True))


ADMINISTRATORS = ("village_administrator", "town_administrator", "county_administrator")

found_party_unit = Operation(FoundUnit, PartyUnit, allow=ADMINISTRATORS, writes=True)
list_party_units = Operation(ListUnits, PartyUnitPage, allow=ADMINISTRATORS)
find_party_unit = Operation(FindUnit, UnitCoverage, allow=ADMINISTRATORS)
enter_party_member = Operation(EnterMember, PartyMember, allow=ADMINISTRATORS, writes=True)
list_party_members = Operation(ListMembers, NamedPartyMemberPage, allow=ADMINISTRATORS, in_full=True)
find_party_member = Operation(
    OfPartyMember, NamedPartyMember, allow=("resident", *ADMINISTRATORS), in_full=True
)
transfer_party_member = Operation(TransferMember, PartyMember, allow=ADMINISTRATORS, writes=True)
mark_party_member_floating = Operation(MarkFloating, PartyMember, allow=ADMINISTRATORS, writes=True)
record_party_contact = Operation(RecordContact, PartyMember, allow=ADMINISTRATORS, writes=True)
remove_party_member = Operation(OfPartyMember, Left, allow=ADMINISTRATORS, writes=True)
