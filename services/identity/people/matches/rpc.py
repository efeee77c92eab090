"""The endpoints of matching."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.chassis.core.scope import scope_filter
from services.chassis.rpc import rpc
from services.chassis.storage.dependency_provider import Provided
from services.civic.calls import Call
from services.identity.people.matches import contract, usecases, views
from services.identity.people.matches.model import Match
from services.identity.people.matches.ports import IdentityHash, Residents
from services.identity.people.matches.provider import RegisterProvider
from services.identity.people.matches.store import MatchStore

if TYPE_CHECKING:
    from services.identity.wiring.local_register import LocalRegister


class MatchEndpoints:
    """Comparisons with the register; `residents`, `local_register` and `identity_hash` are wired in the service."""

    matches = Provided(MatchStore)
    register_provider = Provided(RegisterProvider)
    residents: Residents
    local_register: LocalRegister
    identity_hash: IdentityHash

    @rpc(contract.ask_match)
    def ask_match(self, call: Call) -> Match:
        return usecases.ask(
            self.matches,
            self.residents,
            self.local_register,
            self.register_provider,
            self.identity_hash,
            _scope(call, contract.CERTIFIERS),
            call,
        )

    @rpc(contract.find_match)
    def find_match(self, call: Call) -> Match:
        return self.matches.get(call.data["resident_id"], scope=_scope(call, contract.READERS))

    @rpc(contract.list_matches)
    def list_matches(self, call: Call) -> dict:
        return views.in_state(self.matches, scope_filter(call.actor, *contract.COUNTY), call)


def _scope(call: Call, roles: tuple[str, ...]) -> dict:
    """A resident sees only the own entry, an official those of the own regions."""
    if call.actor.kind == "resident":
        return {"_id": call.actor.id}
    return scope_filter(call.actor, *roles)
