"""The endpoints of files that are handed in for an application."""

from services.affairs.matters.applications import files, operations
from services.affairs.matters.applications.model import Application
from services.affairs.matters.applications.store import ApplicationStore
from services.chassis.rpc import rpc
from services.civic.calls import Call
from services.civic.files.receiving import ReceivedFiles
from services.civic.ports import MustNotLeave


class ApplicationFileEndpoints:
    """Handing in, looking at and taking away; what is annotated only is wired in the service."""

    applications: ApplicationStore
    received_files: ReceivedFiles
    must_not_leave: MustNotLeave

    @rpc(operations.begin_application_file)
    def begin_application_file(self, call: Call) -> dict:
        return files.begin(self.applications, self.must_not_leave, self.received_files, call)

    @rpc(operations.put_application_file_piece)
    def put_application_file_piece(self, call: Call) -> dict:
        return files.put(self.applications, self.received_files, call)

    @rpc(operations.add_application_file)
    def add_application_file(self, call: Call) -> Application:
        return files.add(self.applications, self.received_files, call)

    @rpc(operations.find_application_file)
    def find_application_file(self, call: Call) -> dict:
        return files.one(self.applications, self.received_files, call)

    @rpc(operations.open_original)
    def open_original(self, call: Call) -> Application:
        return files.open_original(self.applications, self.received_files, call)

    @rpc(operations.remove_application_file)
    def remove_application_file(self, call: Call) -> Application:
        return files.remove(self.applications, self.received_files, call)
