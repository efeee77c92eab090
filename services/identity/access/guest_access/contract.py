"""Shapes of visits."""

from marshmallow import ValidationError, fields, validate, validates_schema

from services.chassis.core.actor import ANYONE
from services.chassis.core.schemas import Answer, Id, Region, Shape, Time, Whole
from services.chassis.events.event import Event, in_state, public
from services.civic.inputs import PersonName
from services.civic.operation import Operation
from services.identity.inputs import Country, MaskedNumber, PaperNumber, SmsCode
from services.identity.people.papers import ID_CARD, PAPERS

COMPARED = ("same", "different", "unknown")
PERSON = ("name", "id_number", "village", "notice_version")


class BeginVisit(Shape):
    """Prove a phone by the code that came to it; say who one is as well, or leave all of that out."""

    code_id = Id(required=True)
    code = SmsCode(required=True)
    name = PersonName()
    paper = fields.String(
        load_default=ID_CARD, validate=validate.OneOf(PAPERS), metadata={"description": "证件种类"}
    )
    id_number = PaperNumber()
    country = Country(load_default=None, allow_none=True)
    village = Region("village", metadata={"description": "所在的村（社区）"})
    notice_version = Whole(1, 1000, metadata={"description": "已阅读的个人信息告知书的版本"})

    @validates_schema
    def who_says_a_name_says_it_whole(self, data, **kwargs):
        """Refuse half a person."""
        if 0 < len(data.keys() & set(PERSON)) < len(PERSON):
            raise ValidationError("姓名、身份证号、所在村（社区）和告知书版本请一起填写，或都不填。")


class Visit(Answer):
    """An access token for a quarter of an hour, which nothing renews; the same whether anybody with this phone is registered."""

    access_token = fields.String(required=True)
    token_type = fields.String(required=True)
    expires_in = fields.Integer(required=True)
    person_id = Id(required=True)
    kind = fields.String(required=True)
    named = fields.Boolean(required=True)


class FindVisitor(Shape):
    """One visitor by id."""

    visitor_id = Id(required=True)


class Visitor(Answer):
    """Who somebody said to be, masked; proved is the phone only. `compared` is what the household register says of name and number."""

    id = Id(required=True)
    region = Region(required=True)
    name = fields.String(attribute="masked_name", required=True)
    phone = fields.String(attribute="masked_phone", required=True)
    id_number = MaskedNumber(attribute="masked_id_number", required=True)
    compared = fields.String(required=True, validate=validate.OneOf(COMPARED))
    state = fields.String(required=True)
    resident_id = Id(required=True, allow_none=True)
    first_at = Time(required=True)
    last_at = Time(required=True)


class VisitorTakenOver(Event):
    """The village has certified a resident with the visitor's phone and ID number: what the visitor did is the resident's."""

    name = "identity.visitor.taken_over"
    state = in_state("taken_over")
    visitor_id = public(Id(required=True))
    resident_id = public(Id(required=True))


class VisitorForgotten(Event):
    """Nobody took over what the visitor did in time, or the resident was erased: whoever holds data of the visitor erases it."""

    name = "identity.visitor.forgotten"
    state = in_state("forgotten")
    visitor_id = public(Id(required=True))


OFFICES = ("clerk", "village_administrator", "town_administrator", "county_administrator")

begin_visit = Operation(BeginVisit, Visit, allow=(ANYONE,), caller=True)
find_visitor = Operation(FindVisitor, Visitor, allow=OFFICES)
