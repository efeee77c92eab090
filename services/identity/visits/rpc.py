"""The visits' doors; beginning takes no idempotency key: tokens must not be stored."""

from services.chassis.actor import ANYONE
from services.chassis.rpc import rpc
from services.chassis.scope import scope_filter
from services.chassis.uses import Uses
from services.identity.visits import contract, usecases
from services.identity.visits.store import VisitorStore

OFFICES = ("clerk", "village_administrator", "town_administrator", "county_administrator")


class VisitDoors:
    """Visits; `prove_phone`, `visit_parts` and `begin_visit_session` are wired in the service."""

    visitors = Uses(VisitorStore)

    @rpc(contract.BeginVisit, contract.Visit, allow=(ANYONE,), caller=True)
    def begin_visit(self, call):
        return usecases.begin(
            self.visitors, self.prove_phone, self.visit_parts, self.begin_visit_session, call
        )

    @rpc(contract.FindVisitor, contract.Visitor, allow=OFFICES)
    def find_visitor(self, call):
        return self.visitors.get(call.data["visitor_id"], scope=scope_filter(call.actor, *OFFICES))
