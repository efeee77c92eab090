"""The doors of matching."""

from services.chassis.core.scope import scope_filter
from services.chassis.rpc import rpc
from services.chassis.storage.dependency_provider import Provided
from services.identity.people.matches import contract, usecases, views
from services.identity.people.matches.provider import RegisterProvider
from services.identity.people.matches.store import MatchStore

CERTIFIERS = ("village_administrator", "town_administrator")
READERS = (*CERTIFIERS, "county_administrator")
COUNTY = ("county_administrator",)


class MatchEndpoints:
    """Comparisons with the register; `residents`, `local_register` and `identity_hash` are wired in the service."""

    matches = Provided(MatchStore)
    register_provider = Provided(RegisterProvider)

    @rpc(contract.AskMatch, contract.Match, allow=("resident", *CERTIFIERS), writes=True, assurance=1)
    def ask_match(self, call):
        return usecases.ask(
            self.matches,
            self.residents,
            self.local_register,
            self.register_provider,
            self.identity_hash,
            _scope(call, CERTIFIERS),
            call,
        )

    @rpc(contract.FindMatch, contract.Match, allow=("resident", *READERS))
    def find_match(self, call):
        return self.matches.get(call.data["resident_id"], scope=_scope(call, READERS))

    @rpc(contract.ListMatches, contract.MatchPage, allow=COUNTY)
    def list_matches(self, call):
        return views.in_state(self.matches, scope_filter(call.actor, *COUNTY), call)


def _scope(call, roles: tuple[str, ...]) -> dict:
    """A resident sees only the own entry, an official those of the own regions."""
    if call.actor.kind == "resident":
        return {"_id": call.actor.id}
    return scope_filter(call.actor, *roles)
