"""The consents' doors."""

from services.chassis.rpc import rpc
from services.chassis.storage.dependency_provider import Provided
from services.identity.privacy.consents import contract, usecases, views
from services.identity.privacy.consents.catalogue import shipped_catalogue
from services.identity.privacy.consents.store import ConsentStore


class ConsentEndpoints:
    """The notice, and a resident's own consents; `region_of` is wired in the service."""

    consents = Provided(ConsentStore)
    purposes = Provided(lambda database: shipped_catalogue())

    @rpc(contract.find_privacy_notice)
    def find_privacy_notice(self, call):
        return views.notice(self.purposes, call)

    @rpc(contract.list_consents)
    def list_consents(self, call):
        return views.own(self.consents, self.purposes, call)

    @rpc(contract.list_consent_decisions)
    def list_consent_decisions(self, call):
        return views.decisions(self.consents, call)

    @rpc(contract.give_consent)
    def give_consent(self, call):
        return usecases.give(self.consents, self.purposes, self.region_of, call)

    @rpc(contract.withdraw_consent)
    def withdraw_consent(self, call):
        return usecases.withdraw(self.consents, self.purposes, self.region_of, call)
