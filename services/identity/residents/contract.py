"""Shapes of registration and certification."""

from marshmallow import fields, validate

from services.chassis.events import Event, in_state, personal, public
from services.chassis.schemas import Answer, Id, Page, Region, Shape, Text, Time, page_of

STATES = ("pending", "certified", "rejected")


class RegisterResident(Shape):
    """A person registers with name, resident ID number, phone, password and village."""

    name = Text(50, 2, required=True, metadata={"description": "姓名"})
    id_number = Text(18, 15, required=True, metadata={"description": "居民身份证号，18 位"})
    phone = fields.String(
        required=True,
        validate=validate.Regexp(r"\A1[3-9][0-9]{9}\Z", error="手机号应为 11 位数字，以 1 开头。"),
        metadata={"description": "手机号，也是登录名"},
    )
    password = fields.String(
        required=True, validate=validate.Length(10, 128), metadata={"description": "密码，10 至 128 个字符"}
    )
    village = Region("village", required=True, metadata={"description": "所在村（社区）的 12 位区划代码"})


class CertifyResident(Shape):
    """The village vouches for a resident."""

    resident_id = Id(required=True)


class RejectResident(Shape):
    """The village does not vouch, and says why."""

    resident_id = Id(required=True)
    reason = Text(500, 2, lines=True, required=True)


class FindResident(Shape):
    """One resident by id."""

    resident_id = Id(required=True)


class ListResidents(Page):
    """The residents in the caller's scope, longest waiting first."""

    state = fields.String(load_default="pending", validate=validate.OneOf(STATES))


class Resident(Answer):
    """A resident as officials and the resident see it: names and numbers masked."""

    id = Id(required=True)
    region = Region(required=True)
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    name = fields.String(attribute="masked_name", required=True)
    id_number = fields.String(attribute="masked_id_number", required=True)
    phone = fields.String(attribute="masked_phone", required=True)
    reason = fields.String(allow_none=True)
    registered_at = Time(required=True)
    decided_at = Time(allow_none=True)


ResidentPage = page_of(Resident)


class ResidentRegistered(Event):
    """A person asked to be certified by a village."""

    name = "identity.resident.registered"
    state = in_state("pending")
    resident_name = personal(fields.String(), of="resident_id", take="name")
    resident_phone = personal(fields.String(), of="resident_id", take="phone")
    resident_id = public(Id(required=True))


class ResidentCertified(Event):
    """A village vouched for a resident."""

    name = "identity.resident.certified"
    state = in_state("certified")
    resident_name = personal(fields.String(), of="resident_id", take="name")
    resident_phone = personal(fields.String(), of="resident_id", take="phone")
    resident_id = public(Id(required=True))
    assurance = public(fields.Integer(required=True))


class ResidentRejected(Event):
    """A village did not vouch for a resident; the reason stays with the village and the resident."""

    name = "identity.resident.rejected"
    state = in_state("rejected")
    resident_id = public(Id(required=True))
