"""The dispatcher: hears everything and gives each department what it was granted."""

from services.chassis.events import public_part
from services.chassis.listeners import hears
from services.chassis.uses import Uses
from services.identity.departments import usecases
from services.identity.departments.store import DepartmentStore
from services.identity.departments.streams import DepartmentStreams


class DepartmentListeners:
    """Connects new departments, and feeds the connected ones."""

    departments = Uses(DepartmentStore)
    streams = Uses(DepartmentStreams)

    @hears("identity.department.granted", queue="department_accounts")
    def on_identity_department_granted(self, event, call):
        usecases.connect(self.departments, self.streams, event.data["department_id"], call)

    @hears("#", queue="departments")
    def on_everything(self, event, call):
        usecases.dispatch(self.departments, self.streams, public_part, event)
