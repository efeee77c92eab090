"""The mandates' endpoints; none of them can be used under a mandate, so that there are no chains."""

from services.chassis.core.scope import scope_filter
from services.chassis.rpc import rpc
from services.chassis.storage.dependency_provider import Provided
from services.civic.calls import Call
from services.civic.files.receiving import ReceivedFiles
from services.identity.people.mandates import contract, paper_photos, recording, usecases, views
from services.identity.people.mandates.limits import MandateLimits
from services.identity.people.mandates.model import Mandate
from services.identity.people.mandates.photo_rpc import MandatePhotoEndpoints
from services.identity.people.mandates.ports import NoteLook, Residents
from services.identity.people.mandates.store import ActStore, MandateStore, Papers
from services.identity.people.mandates.views import parties_and_officials


class MandateEndpoints(MandatePhotoEndpoints):
    """Giving, answering, ending and checking mandates; `residents` is declared by the residents' endpoints."""

    mandates = Provided(MandateStore)
    papers = Provided(Papers)
    acts = Provided(ActStore)
    mandate_limits = Provided(MandateLimits)
    residents: Residents
    received_files: ReceivedFiles
    note_look_at_paper: NoteLook

    @rpc(contract.offer_mandate)
    def offer_mandate(self, call: Call) -> Mandate:
        return usecases.offer(self.mandates, self.residents, self.mandate_limits, call)

    @rpc(contract.record_mandate)
    def record_mandate(self, call: Call) -> Mandate:
        scope = scope_filter(call.actor, *contract.VILLAGE)
        return recording.record(
            self.mandates, self.received_files, self.residents, self.mandate_limits, scope, call
        )

    @rpc(contract.accept_mandate)
    def accept_mandate(self, call: Call) -> Mandate:
        return usecases.accept(self.mandates, self.residents, self.mandate_limits, call)

    @rpc(contract.refuse_mandate)
    def refuse_mandate(self, call: Call) -> Mandate:
        return usecases.refuse(self.mandates, call)

    @rpc(contract.end_mandate)
    def end_mandate(self, call: Call) -> Mandate:
        return usecases.end(self.mandates, parties_and_officials(call.actor, *contract.VILLAGE), call)

    @rpc(contract.find_mandate)
    def find_mandate(self, call: Call) -> dict:
        return views.one(self.mandates, self.residents, call)

    @rpc(contract.find_mandate_paper)
    def find_mandate_paper(self, call: Call) -> dict:
        return paper_photos.as_text(
            self.mandates, self.papers, self.received_files, self.note_look_at_paper, call
        )

    @rpc(contract.list_mandate_acts)
    def list_mandate_acts(self, call: Call) -> dict:
        return views.acts_of(self.mandates, self.acts, call)

    @rpc(contract.list_my_mandates)
    def list_my_mandates(self, call: Call) -> dict:
        return views.mine(self.mandates, self.residents, call)

    @rpc(contract.list_mandates)
    def list_mandates(self, call: Call) -> dict:
        return views.of_regions(self.mandates, self.residents, call)

    @rpc(contract.mandate_authority)
    def mandate_authority(self, call: Call) -> dict:
        return views.authority(self.mandates, self.residents, call)
