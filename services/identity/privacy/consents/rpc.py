"""The consents' doors."""

from services.chassis.core.actor import ANYONE
from services.chassis.rpc import rpc
from services.chassis.storage.dependency_provider import Provided
from services.identity.privacy.consents import contract, usecases, views
from services.identity.privacy.consents.catalogue import shipped_catalogue
from services.identity.privacy.consents.store import ConsentStore

RESIDENT = ("resident",)


class ConsentEndpoints:
    """The notice, and a resident's own consents; `region_of` is wired in the service."""

    consents = Provided(ConsentStore)
    purposes = Provided(lambda database: shipped_catalogue())

    @rpc(contract.FindNotice, contract.PrivacyNotice, allow=(ANYONE,))
    def find_privacy_notice(self, call):
        return views.notice(self.purposes, call)

    @rpc(None, contract.Consents, allow=RESIDENT)
    def list_consents(self, call):
        return views.own(self.consents, self.purposes, call)

    @rpc(contract.ListDecisions, contract.DecisionPage, allow=RESIDENT)
    def list_consent_decisions(self, call):
        return views.decisions(self.consents, call)

    @rpc(contract.GiveConsent, contract.Decision, allow=RESIDENT, writes=True, assurance=0)
    def give_consent(self, call):
        return usecases.give(self.consents, self.purposes, self.region_of, call)

    @rpc(contract.WithdrawConsent, contract.Decision, allow=RESIDENT, writes=True, assurance=0)
    def withdraw_consent(self, call):
        return usecases.withdraw(self.consents, self.purposes, self.region_of, call)
