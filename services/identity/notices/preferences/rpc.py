"""The preferences' operations."""

from services.chassis.rpc import rpc
from services.chassis.storage.dependency_provider import Provided
from services.civic.calls import Call
from services.identity.notices.preferences import contract, usecases, views
from services.identity.notices.preferences.ports import ConsentsToMessages
from services.identity.notices.preferences.store import PreferenceStore


class PreferenceEndpoints:
    """A person's own choices; `consents_to_messages` is wired in the service."""

    preferences = Provided(PreferenceStore)
    consents_to_messages: ConsentsToMessages

    @rpc(contract.list_preferences)
    def list_preferences(self, call: Call) -> dict:
        return views.own(self.preferences, call)

    @rpc(contract.choose_preferences)
    def choose_preferences(self, call: Call) -> dict:
        return usecases.choose(self.preferences, self.consents_to_messages, call)
