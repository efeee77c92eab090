"""The endpoints of the photos of a paper."""

from services.chassis.rpc import rpc
from services.civic.calls import Call
from services.civic.files.receiving import ReceivedFiles
from services.identity.people.mandates import contract, paper_photos
from services.identity.people.mandates.model import Mandate
from services.identity.people.mandates.ports import NoteLook
from services.identity.people.mandates.store import MandateStore


class MandatePhotoEndpoints:
    """Handing in, looking at and taking away; what is annotated only is declared beside, or wired in the service."""

    mandates: MandateStore
    received_files: ReceivedFiles
    note_look_at_paper: NoteLook

    @rpc(contract.begin_mandate_photo)
    def begin_mandate_photo(self, call: Call) -> dict:
        return paper_photos.begin(self.mandates, self.received_files, call)

    @rpc(contract.put_mandate_photo_piece)
    def put_mandate_photo_piece(self, call: Call) -> dict:
        return paper_photos.put(self.mandates, self.received_files, call)

    @rpc(contract.add_mandate_photo)
    def add_mandate_photo(self, call: Call) -> Mandate:
        return paper_photos.add(self.mandates, self.received_files, call)

    @rpc(contract.find_mandate_photo)
    def find_mandate_photo(self, call: Call) -> dict:
        return paper_photos.one(self.mandates, self.received_files, self.note_look_at_paper, call)

    @rpc(contract.remove_mandate_photo)
    def remove_mandate_photo(self, call: Call) -> Mandate:
        return paper_photos.remove(self.mandates, self.received_files, call)
