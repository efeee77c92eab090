"""The subscriptions' doors."""

from services.chassis.rpc import rpc
from services.chassis.scope import scope_filter
from services.chassis.uses import Uses
from services.identity.departments import contract, usecases, views
from services.identity.departments.store import DepartmentStore
from services.identity.departments.streams import DepartmentStreams
from services.identity.departments.views import GRANTERS


class DepartmentDoors:
    """Granting and revoking."""

    departments = Uses(DepartmentStore)
    streams = Uses(DepartmentStreams)

    @rpc(contract.GrantSubscription, contract.Granted, allow=GRANTERS, writes=True, remember=False)
    def grant_subscription(self, call):
        return usecases.grant(self.departments, self.streams.credentials, call)

    @rpc(contract.RevokeSubscription, contract.Department, allow=GRANTERS, writes=True)
    def revoke_subscription(self, call):
        return usecases.revoke(self.departments, self.streams, scope_filter(call.actor, *GRANTERS), call)

    @rpc(contract.FindDepartment, contract.Department, allow=GRANTERS)
    def find_department(self, call):
        return views.one(self.departments, call)

    @rpc(contract.ListDepartments, contract.DepartmentPage, allow=GRANTERS)
    def list_departments(self, call):
        return views.in_scope(self.departments, call)
