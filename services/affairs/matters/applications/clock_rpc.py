"""The endpoints of the clock."""

from services.affairs.matters.applications import clocking, operations, views
from services.affairs.matters.applications.model import Application
from services.affairs.matters.applications.ports import Calendars
from services.affairs.matters.applications.scopes import (
    only_heads_of_the_region,
    only_the_office_of_the_region,
)
from services.affairs.matters.applications.store import ApplicationStore
from services.chassis.rpc import rpc
from services.civic.calls import Call


class ClockEndpoints:
    """More time, what is not counted, and the line of days; the stores are declared by the other endpoints."""

    applications: ApplicationStore
    working_days: Calendars

    @rpc(operations.find_application_days)
    def find_application_days(self, call: Call) -> dict:
        return views.days(self.applications, self.working_days, call)

    @rpc(operations.extend_application)
    def extend_application(self, call: Call) -> Application:
        scope = only_heads_of_the_region(call.actor)
        return clocking.extend(self.applications, self.working_days, scope, call)

    @rpc(operations.suspend_application)
    def suspend_application(self, call: Call) -> Application:
        scope = only_the_office_of_the_region(call.actor)
        return clocking.suspend(self.applications, self.working_days, scope, call)

    @rpc(operations.resume_application)
    def resume_application(self, call: Call) -> Application:
        scope = only_the_office_of_the_region(call.actor)
        return clocking.resume(self.applications, self.working_days, scope, call)
