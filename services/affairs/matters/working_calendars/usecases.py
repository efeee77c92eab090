"""What is done with a county's calendar: load, or begin it -> decide -> save."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from services.affairs.matters.working_calendars.model import WorkingCalendar
from services.chassis.core.errors import NotFound

if TYPE_CHECKING:
    from services.affairs.matters.working_calendars.model import Told
    from services.affairs.matters.working_calendars.store import WorkingCalendarStore
    from services.civic.calls import Call
    from services.civic.working_days import WorkingDays


def change_day(
    calendars: WorkingCalendarStore, announced: WorkingDays, county: str, call: Call
) -> WorkingCalendar:
    """The county changes a day; raises Rejected by a rule, Conflict where it is so already, or somebody else was faster."""
    asked, by = call.data, call.actor.id
    return _decide(
        calendars,
        county,
        call,
        lambda one: one.change(asked["day"], asked["kind"], asked["reason"], by, announced, call.now),
    )


def withdraw_day(
    calendars: WorkingCalendarStore, announced: WorkingDays, county: str, call: Call
) -> WorkingCalendar:
    """The county takes a change back; raises Conflict where there is none."""
    asked, by = call.data, call.actor.id
    return _decide(
        calendars,
        county,
        call,
        lambda one: one.withdraw(asked["day"], asked["reason"], by, announced, call.now),
    )


def publish_year(
    calendars: WorkingCalendarStore, announced: WorkingDays, county: str, call: Call
) -> WorkingCalendar:
    """The county has entered a year; raises Conflict for one that is, Rejected for one whose time has not come."""
    by = call.actor.id
    return _decide(
        calendars, county, call, lambda one: one.publish(call.data["year"], by, announced, call.now)
    )


def _decide(
    calendars: WorkingCalendarStore, county: str, call: Call, decide: Callable[[WorkingCalendar], Told]
) -> WorkingCalendar:
    try:
        calendar = calendars.get(county, call)
    except NotFound:
        calendar = WorkingCalendar(county, county)
        calendars.add(calendar, decide(calendar), call)
        return calendar
    calendars.save(calendar, decide(calendar), call)
    return calendar
