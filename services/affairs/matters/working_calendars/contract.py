"""Shapes of a county's working days: requests, answers, events."""

from marshmallow import fields, validate

from services.chassis.core.schemas import Answer, Day, Region, Shape, Text, Time, Whole
from services.chassis.events.event import Event, public
from services.civic.operation import Operation

KINDS = ("day_off", "workday")
DONE = (*KINDS, "withdrawn", "year_published")

COUNTY = ("county_administrator",)
OFFICIALS = ("clerk", "village_administrator", "town_administrator", *COUNTY)


class ChangeCalendarDay(Shape):
    """A day to come that is off, or worked, otherwise than the calendar says; every application of the county is counted by it."""

    day = Day(required=True, metadata={"description": "哪一天", "example": "2027-02-08"})
    kind = fields.String(
        required=True,
        validate=validate.OneOf(KINDS),
        metadata={"description": "day_off 放假，workday 上班"},
    )
    reason = Text(
        200, 2, required=True, metadata={"description": "依据或者理由", "example": "国办发明电〔2026〕9号"}
    )


class WithdrawCalendarDay(Shape):
    """The day is again what the calendar says without the county."""

    day = Day(required=True, metadata={"description": "哪一天", "example": "2027-02-08"})
    reason = Text(200, 2, required=True, metadata={"description": "依据或者理由", "example": "录错了日期"})


class PublishCalendarYear(Shape):
    """The holidays and swapped days of the next year are all entered: what was counted in it is sure."""

    year = Whole(2020, 2099, required=True, metadata={"description": "哪一年", "example": 2027})


class ChangedDay(Answer):
    """A day that the county has changed."""

    day = fields.String(required=True, metadata={"description": "哪一天"})
    kind = fields.String(
        required=True, validate=validate.OneOf(KINDS), metadata={"description": "day_off 放假，workday 上班"}
    )
    reason = fields.String(required=True, metadata={"description": "依据或者理由"})
    at = Time(required=True)


class CalendarChange(Answer):
    """Who did what to the calendar, and when."""

    number = fields.Integer(required=True, metadata={"description": "第几次改动"})
    what = fields.String(required=True, validate=validate.OneOf(DONE), metadata={"description": "改了什么"})
    day = fields.String(required=True, metadata={"description": "哪一天；公布一年的为那一年"})
    reason = fields.String(required=True, metadata={"description": "依据或者理由"})
    by = fields.String(required=True, metadata={"description": "谁改的"})
    at = Time(required=True)


class WorkingCalendar(Answer):
    """The calendar of a county."""

    region = Region(required=True)
    number = fields.Integer(required=True, metadata={"description": "改动过几次"})
    published_year = fields.Integer(
        required=True, metadata={"description": "放假安排录全了的最后一年；以后的日期都是暂定"}
    )
    days = fields.List(
        fields.Nested(ChangedDay), required=True, metadata={"description": "县里改过的日子，按先后"}
    )
    changes = fields.List(
        fields.Nested(CalendarChange),
        required=True,
        attribute="recent_changes",
        metadata={"description": "最近的改动，新的在前"},
    )


class CalendarChanged(Event):
    """A day of a county's calendar is off, or worked, from now on, or again what was announced; `number` counts the changes."""

    name = "affairs.calendar.changed"
    day = public(fields.String(required=True, metadata={"description": "哪一天"}))
    working = public(fields.Boolean(required=True, metadata={"description": "这一天上不上班"}))
    number = public(fields.Integer(required=True))


class CalendarYearPublished(Event):
    """The county has entered all of a year: dates in it are sure."""

    name = "affairs.calendar.year_published"
    year = public(fields.Integer(required=True, metadata={"description": "录齐了哪一年的放假安排"}))
    number = public(fields.Integer(required=True))


find_working_calendar = Operation(None, WorkingCalendar, allow=OFFICIALS)
change_calendar_day = Operation(ChangeCalendarDay, WorkingCalendar, allow=COUNTY, writes=True)
withdraw_calendar_day = Operation(WithdrawCalendarDay, WorkingCalendar, allow=COUNTY, writes=True)
publish_calendar_year = Operation(PublishCalendarYear, WorkingCalendar, allow=COUNTY, writes=True)
