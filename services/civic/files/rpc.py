"""What a service with files answers of them itself; everything else is asked of the capability that holds them."""

from services.chassis.rpc import rpc
from services.civic.calls import Call
from services.civic.files import shapes, views
from services.civic.files.receiving import ReceivedFiles


class FileEndpoints:
    """Gives pieces to the gateway; `received_files` is provided by the service's `CivicCapability` with `files=True`."""

    received_files: ReceivedFiles

    @rpc(shapes.find_file_piece)
    def find_file_piece(self, call: Call) -> dict:
        asked = call.data
        return views.piece(self.received_files, asked["file_id"], asked["variant"], asked["number"])
