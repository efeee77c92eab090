"""The endpoints of a county's working days."""

from collections.abc import Callable

from services.affairs.matters.working_calendars import contract, usecases
from services.affairs.matters.working_calendars.county_calendars import CountyCalendars
from services.affairs.matters.working_calendars.model import WorkingCalendar
from services.affairs.matters.working_calendars.store import WorkingCalendarStore
from services.chassis.core.scope import LEVELS
from services.chassis.rpc import rpc
from services.chassis.storage.dependency_provider import Provided
from services.civic.actor import CivicActor
from services.civic.calls import Call


class WorkingCalendarEndpoints:
    """The calendar, and its upkeep by the county."""

    calendars = Provided(WorkingCalendarStore)
    working_days = Provided(CountyCalendars)

    @rpc(contract.find_working_calendar)
    def find_working_calendar(self, call: Call) -> WorkingCalendar:
        return self.working_days.calendar_of(county_of(call.actor, *contract.OFFICIALS))

    @rpc(contract.change_calendar_day)
    def change_calendar_day(self, call: Call) -> WorkingCalendar:
        return self._known(usecases.change_day, call)

    @rpc(contract.withdraw_calendar_day)
    def withdraw_calendar_day(self, call: Call) -> WorkingCalendar:
        return self._known(usecases.withdraw_day, call)

    @rpc(contract.publish_calendar_year)
    def publish_calendar_year(self, call: Call) -> WorkingCalendar:
        return self._known(usecases.publish_year, call)

    def _known(self, act: Callable, call: Call) -> WorkingCalendar:
        """Let this process count by it at once."""
        county = county_of(call.actor, *contract.COUNTY)
        changed = act(self.calendars, self.working_days.announced, county, call)
        self.working_days.refresh()
        return changed


def county_of(actor: CivicActor, *roles: str) -> str:
    """Give the county of the first of these roles that somebody holds."""
    return min(role.region for role in actor.roles if role.name in roles)[: LEVELS[0]]
