"""The visits' operations; beginning takes no idempotency key: tokens must not be stored."""

from services.chassis.core.scope import scope_filter
from services.chassis.rpc import rpc
from services.chassis.storage.dependency_provider import Provided
from services.civic.calls import Call
from services.identity.access.guest_access import contract, usecases
from services.identity.access.guest_access.model import Visitor
from services.identity.access.guest_access.ports import BeginSession, EntryChecks, ProvePhone
from services.identity.access.guest_access.store import VisitorStore


class GuestAccessEndpoints:
    """Visits; `prove_phone`, `visit_parts` and `begin_visit_session` are wired in the service."""

    visitors = Provided(VisitorStore)
    prove_phone: ProvePhone
    visit_parts: EntryChecks
    begin_visit_session: BeginSession

    @rpc(contract.begin_visit)
    def begin_visit(self, call: Call) -> dict:
        return usecases.begin(
            self.visitors, self.prove_phone, self.visit_parts, self.begin_visit_session, call
        )

    @rpc(contract.find_visitor)
    def find_visitor(self, call: Call) -> Visitor:
        return self.visitors.get(call.data["visitor_id"], scope=scope_filter(call.actor, *contract.OFFICES))
