"""The officials' operations."""

from services.chassis.core.scope import scope_filter
from services.chassis.core.secrets import Passwords
from services.chassis.rpc import rpc
from services.chassis.storage.dependency_provider import Provided
from services.civic.calls import Call
from services.identity.officials.staff import contract, usecases
from services.identity.officials.staff.model import Official
from services.identity.officials.staff.ports import Divisions, OneTimePassword
from services.identity.officials.staff.store import OfficialStore
from services.identity.officials.staff.views import colleagues, in_scope, one


class StaffEndpoints:
    """Appointment and dismissal; `divisions`, `passwords` and `one_time_password` are wired in the service."""

    officials = Provided(OfficialStore)
    divisions: Divisions
    passwords: Passwords
    one_time_password: OneTimePassword

    @rpc(contract.appoint_official)
    def appoint_official(self, call: Call) -> dict:
        return usecases.appoint(self.officials, self.divisions, self.passwords, self.one_time_password, call)

    @rpc(contract.dismiss_official)
    def dismiss_official(self, call: Call) -> Official:
        return usecases.dismiss(self.officials, scope_filter(call.actor, *contract.ADMINISTRATORS), call)

    @rpc(contract.find_official)
    def find_official(self, call: Call) -> Official:
        return one(self.officials, call)

    @rpc(contract.reset_second_factor)
    def reset_second_factor(self, call: Call) -> Official:
        return usecases.reset_second_factor(
            self.officials, scope_filter(call.actor, *contract.ADMINISTRATORS), call
        )

    @rpc(contract.list_officials)
    def list_officials(self, call: Call) -> dict:
        return in_scope(self.officials, call)

    @rpc(contract.list_colleagues)
    def list_colleagues(self, call: Call) -> dict:
        return colleagues(self.officials, call)
