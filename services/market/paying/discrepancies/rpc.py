"""The discrepancies' endpoints."""

from services.chassis.rpc import rpc
from services.chassis.storage.dependency_provider import Provided
from services.civic.calls import Call
from services.market.paying.discrepancies import contract, views
from services.market.paying.discrepancies.store import DiscrepancyStore


class DiscrepancyEndpoints:
    """Discrepancies."""

    discrepancies = Provided(DiscrepancyStore)

    @rpc(contract.list_payment_discrepancies)
    def list_payment_discrepancies(self, call: Call) -> dict:
        return views.in_sight(self.discrepancies, call)
