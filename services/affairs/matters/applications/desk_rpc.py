"""The endpoints of the desk."""

from services.affairs.matters.applications import claiming, inbox, operations
from services.affairs.matters.applications.clerks import Clerks
from services.affairs.matters.applications.model import Application
from services.affairs.matters.applications.ports import Calendars
from services.affairs.matters.applications.scopes import (
    only_the_desk_of_the_region,
    only_the_office_of_the_region,
)
from services.affairs.matters.applications.store import ApplicationStore
from services.chassis.rpc import rpc
from services.chassis.storage.dependency_provider import Provided
from services.civic.calls import Call


class DeskEndpoints:
    """The inbox, who has what in hand, and the head's view."""

    applications: ApplicationStore
    working_days: Calendars
    clerks = Provided(Clerks)

    @rpc(operations.read_inbox)
    def read_inbox(self, call: Call) -> dict:
        return inbox.waiting_for_me(self.applications, self.working_days, call)

    @rpc(operations.list_overdue)
    def list_overdue(self, call: Call) -> dict:
        return inbox.overdue(self.applications, self.working_days, call)

    @rpc(operations.count_inbox)
    def count_inbox(self, call: Call) -> dict:
        return inbox.counts(self.applications, self.working_days, call)

    @rpc(operations.find_workload)
    def find_workload(self, call: Call) -> dict:
        return inbox.workload(self.applications, call)

    @rpc(operations.find_handling)
    def find_handling(self, call: Call) -> inbox.OnTheDesk:
        scope = only_the_desk_of_the_region(call.actor)
        return inbox.one(self.applications, self.working_days, scope, call)

    @rpc(operations.claim_application)
    def claim_application(self, call: Call) -> Application:
        self.clerks.met(call.actor)
        return claiming.claim(self.applications, only_the_office_of_the_region(call.actor), call)

    @rpc(operations.release_application)
    def release_application(self, call: Call) -> Application:
        return claiming.release(self.applications, only_the_desk_of_the_region(call.actor), call)

    @rpc(operations.hand_over_application)
    def hand_over_application(self, call: Call) -> Application:
        scope = only_the_desk_of_the_region(call.actor)
        return claiming.hand_over(self.applications, self.clerks, scope, call)

    @rpc(operations.take_over_application)
    def take_over_application(self, call: Call) -> Application:
        return claiming.take_over(self.applications, only_the_office_of_the_region(call.actor), call)

    @rpc(operations.write_remark)
    def write_remark(self, call: Call) -> Application:
        return claiming.write_remark(self.applications, only_the_desk_of_the_region(call.actor), call)
