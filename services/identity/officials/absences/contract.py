"""Shapes of leaves and of what is told of them."""

from marshmallow import fields, validate

from services.chassis.core.schemas import Answer, Day, Id, Page, Region, Shape, Time, page_of
from services.chassis.events.event import Event, in_state, public
from services.civic.operation import Operation
from services.identity.inputs import Login
from services.identity.officials.staff.contract import ROLES

STATES = ("planned", "begun", "over", "ended", "cancelled")
A_DAY = {"format": "date"}
ENDERS = ("absent", "stand_in", "superior", "dismissal")


class RecordLeave(Shape):
    """Record whole days of leave, Chinese dates, both included, and who stands in; a superior names the absent one too."""

    official_id = Id(load_default=None, allow_none=True, metadata={"description": "请假人；不填为本人"})
    stand_in = Login(required=True, metadata={"description": "代班人的登录名"})
    first_day = Day(required=True)
    last_day = Day(required=True)


class FindLeave(Shape):
    """One leave by id."""

    leave_id = Id(required=True)


class ListLeaves(Page):
    """The leaves in the caller's regions in one state, latest first day first."""

    state = fields.String(load_default="begun", validate=validate.OneOf(STATES))


class ListMyLeaves(Page):
    """The leaves in which the caller is absent, or stands in, latest first day first."""

    side = fields.String(load_default="absent", validate=validate.OneOf(("absent", "stand_in")))


class ListStandInActs(Page):
    """What the stand-in did for the absent one, newest first."""

    leave_id = Id(required=True)


class Leave(Answer):
    """A leave and who stands in; `ended_by` tells who ended it before its last day was over."""

    id = Id(required=True)
    official_id = Id(required=True)
    stand_in_id = Id(required=True)
    role = fields.String(required=True)
    region = Region(required=True)
    first_day = fields.String(required=True, metadata=A_DAY)
    last_day = fields.String(required=True, metadata=A_DAY)
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    recorded_by = Id(required=True)
    ended_by = fields.String(required=True, allow_none=True, validate=validate.OneOf(ENDERS))
    ended_at = Time(required=True, allow_none=True)


LeavePage = page_of(Leave)


class StandInAct(Answer):
    """One thing that a stand-in did in the role of the absent official."""

    event = fields.String(required=True)
    subject = fields.String(required=True)
    region = Region(required=True)
    at = Time(required=True)
    acted_by = Id(required=True)
    acted_for = Id(required=True)


StandInActPage = page_of(StandInAct)


class _OfLeave(Event):
    """What every event of a leave carries."""

    leave_id = public(Id(required=True))
    official_id = public(Id(required=True))
    stand_in_id = public(Id(required=True))
    role = public(fields.String(required=True, validate=validate.OneOf(ROLES)))


class LeaveRecorded(_OfLeave):
    """An official will be away, and another one stands in."""

    name = "identity.leave.recorded"
    state = in_state("planned")
    begins_at = public(Time(required=True))
    ends_at = public(Time(required=True))


class LeaveBegun(_OfLeave):
    """From now on the stand-in holds the absent one's role too."""

    name = "identity.leave.begun"
    state = in_state("begun")


class LeaveOver(_OfLeave):
    """The last day is over; the stand-in's tokens ended with it."""

    name = "identity.leave.over"
    state = in_state("over")


class LeaveEnded(_OfLeave):
    """It was ended early: the stand-in must sign in again, without the absent one's role."""

    name = "identity.leave.ended"
    state = in_state("ended")


class LeaveCancelled(_OfLeave):
    """It was called off before it began."""

    name = "identity.leave.cancelled"
    state = in_state("cancelled")


OFFICIALS = ("official",)

ADMINISTRATORS = ("county_administrator", "town_administrator")

record_leave = Operation(RecordLeave, Leave, allow=OFFICIALS, writes=True)
end_leave = Operation(FindLeave, Leave, allow=OFFICIALS, writes=True)
list_leaves = Operation(ListLeaves, LeavePage, allow=ADMINISTRATORS)
list_my_leaves = Operation(ListMyLeaves, LeavePage, allow=OFFICIALS)
list_stand_in_acts = Operation(ListStandInActs, StandInActPage, allow=OFFICIALS)
