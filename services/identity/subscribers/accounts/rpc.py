"""The operations of a department's access."""

from services.chassis.core.secrets import Passwords
from services.chassis.rpc import rpc
from services.civic.calls import Call
from services.identity.access.keys import Keys
from services.identity.subscribers.accounts import contract, usecases
from services.identity.subscribers.accounts.ports import Departments, Streams


class DepartmentAccountEndpoints:
    """Keys, machines and readers; `departments`, `streams`, `passwords` and `keys` are wired in the service."""

    departments: Departments
    streams: Streams
    passwords: Passwords
    keys: Keys

    @rpc(contract.rotate_department_key)
    def rotate_department_key(self, call: Call) -> dict:
        return usecases.rotate(self.departments, self.passwords, self.keys.of_department, call)

    @rpc(contract.make_machine_key)
    def make_machine_key(self, call: Call) -> dict:
        return usecases.make_machine_key(self.departments, self.keys.of_machine, call)

    @rpc(contract.revoke_machine_key)
    def revoke_machine_key(self, call: Call) -> dict:
        return usecases.revoke_machine_key(self.departments, call)

    @rpc(contract.machine_key_holder)
    def machine_key_holder(self, call: Call) -> dict:
        return usecases.holder_of(self.departments, self.keys.of_machine, call)

    @rpc(contract.add_stream_reader)
    def add_stream_reader(self, call: Call) -> dict:
        return usecases.open_reader(self.departments, self.streams, call)

    @rpc(contract.remove_stream_reader)
    def remove_stream_reader(self, call: Call) -> dict:
        return usecases.close_reader(self.departments, self.streams, call)

    @rpc(contract.rotate_stream_password)
    def rotate_stream_password(self, call: Call) -> dict:
        return usecases.rotate_stream_password(self.departments, self.streams, call)
