"""The consents' operations."""

from services.chassis.rpc import rpc
from services.chassis.storage.dependency_provider import Provided
from services.civic.calls import Call
from services.identity.privacy.consents import contract, usecases, views
from services.identity.privacy.consents.catalogue import shipped_catalogue
from services.identity.privacy.consents.model import Consent
from services.identity.privacy.consents.ports import RegionOf
from services.identity.privacy.consents.store import ConsentStore


class ConsentEndpoints:
    """The notice, and a resident's own consents; `region_of` is wired in the service."""

    consents = Provided(ConsentStore)
    purposes = Provided(lambda database: shipped_catalogue())
    region_of: RegionOf

    @rpc(contract.find_privacy_notice)
    def find_privacy_notice(self, call: Call) -> dict:
        return views.notice(self.purposes, call)

    @rpc(contract.list_consents)
    def list_consents(self, call: Call) -> dict:
        return views.own(self.consents, self.purposes, call)

    @rpc(contract.list_consent_decisions)
    def list_consent_decisions(self, call: Call) -> dict:
        return views.decisions(self.consents, call)

    @rpc(contract.give_consent)
    def give_consent(self, call: Call) -> Consent:
        return usecases.give(self.consents, self.purposes, self.region_of, call)

    @rpc(contract.withdraw_consent)
    def withdraw_consent(self, call: Call) -> Consent:
        return usecases.withdraw(self.consents, self.purposes, self.region_of, call)
