"""Shapes of duty rotas and of what is told of them."""

from marshmallow import fields, validate

from services.chassis.core.schemas import Answer, Day, Edit, Id, Region, Shape, Time
from services.chassis.events.event import Event, public
from services.civic.inputs import OfficePhone
from services.civic.operation import Operation

HOURS = r"\A([01][0-9]|2[0-3]):[0-5][0-9]-([01][0-9]|2[0-3]):[0-5][0-9]\Z"


class SetRota(Edit):
    """Set the office's week pattern, Monday first (ids or login names; null: nobody), its phone and its quiet hours; changed days from today on stay."""

    region = Region(required=True)
    week = fields.List(
        Id(allow_none=True),
        required=True,
        validate=validate.Length(equal=7),
        metadata={"description": "周一至周日的值班人：工作人员编号或登录名；null 为无人"},
    )
    phone = OfficePhone(required=True)
    quiet_hours = fields.String(
        load_default="20:00-08:00", validate=validate.Regexp(HOURS, error="应为两个时刻，如 20:00-08:00。")
    )
    rests_on_days_off = fields.Boolean(
        load_default=True, metadata={"description": "周末和节假日全天为非工作时间"}
    )


class ChangeDuty(Edit):
    """Put somebody else (null: nobody) on duty on one day, Chinese date: a swap or a correction."""

    region = Region(required=True)
    day = Day(required=True)
    official_id = Id(
        required=True,
        allow_none=True,
        metadata={"description": "值班人：工作人员编号或登录名；null 为无人"},
    )


class FindRota(Shape):
    """The rota of one office."""

    region = Region(required=True)


class Rota(Answer):
    """A rota as the office's administrators see it; `days` are the days that differ from the week."""

    region = Region(required=True)
    week = fields.List(fields.String(allow_none=True), required=True)
    days = fields.Dict(keys=fields.String(), values=fields.String(allow_none=True), required=True)
    phone = fields.String(required=True)
    quiet_hours = fields.String(required=True)
    rests_on_days_off = fields.Boolean(required=True)
    version = fields.Integer(required=True)


class OnDuty(Answer):
    """Who of an office is on duty now (null: nobody), its phone, and until when it rests (null: it works)."""

    region = Region(required=True)
    name = fields.String(required=True, allow_none=True)
    phone = fields.String(required=True)
    rests_until = Time(required=True, allow_none=True)


class OnDutyList(Answer):
    """Who is on duty now in the offices of one's own village and town."""

    items = fields.List(fields.Nested(OnDuty), required=True)


class RotaSet(Event):
    """An office set its week of duty and its quiet hours."""

    name = "identity.rota.set"
    week = public(fields.List(Id(allow_none=True), required=True))


class RotaChanged(Event):
    """Somebody else is on duty on one day: a swap or a correction."""

    name = "identity.rota.changed"
    day = public(fields.Date(required=True))
    official_id = public(Id(required=True, allow_none=True))


ADMINISTRATORS = ("county_administrator", "town_administrator", "village_administrator")

set_rota = Operation(SetRota, Rota, allow=ADMINISTRATORS, writes=True)
change_duty = Operation(ChangeDuty, Rota, allow=ADMINISTRATORS, writes=True)
find_rota = Operation(FindRota, Rota, allow=ADMINISTRATORS)
on_duty_now = Operation(None, OnDutyList, allow=("resident", "official"))
