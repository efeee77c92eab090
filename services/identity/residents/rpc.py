"""The residents' doors."""

from services.chassis.actor import ANYONE
from services.chassis.rpc import rpc
from services.chassis.scope import scope_filter
from services.chassis.uses import Uses
from services.identity.residents import contract, usecases, views
from services.identity.residents.store import ResidentStore

CERTIFIERS = ("village_administrator", "town_administrator")


class ResidentDoors:
    """Registration and certification; `villages`, `passwords` and `identity_hash` are wired in the service."""

    residents = Uses(ResidentStore)

    @rpc(contract.RegisterResident, contract.Resident, allow=(ANYONE,), writes=True)
    def register_resident(self, call):
        return usecases.register(self.residents, self.villages, self.passwords, self.identity_hash, call)

    @rpc(contract.CertifyResident, contract.Resident, allow=CERTIFIERS, writes=True)
    def certify_resident(self, call):
        return usecases.certify(self.residents, scope_filter(call.actor, *CERTIFIERS), call)

    @rpc(contract.RejectResident, contract.Resident, allow=CERTIFIERS, writes=True)
    def reject_resident(self, call):
        return usecases.reject(self.residents, scope_filter(call.actor, *CERTIFIERS), call)

    @rpc(contract.FindResident, contract.Resident, allow=("resident", *views.OFFICIALS))
    def find_resident(self, call):
        return views.one(self.residents, call)

    @rpc(contract.ListResidents, contract.ResidentPage, allow=views.OFFICIALS)
    def list_residents(self, call):
        return views.waiting(self.residents, call)
