"""The claims' endpoints: for the two parties, and for the county where they cannot agree."""

from services.chassis.rpc import rpc
from services.chassis.storage.dependency_provider import Provided
from services.civic.calls import Call
from services.civic.ports import MustNotLeave
from services.market.selling.claims import contract, usecases, views
from services.market.selling.claims.model import Claim, ClaimTerms
from services.market.selling.claims.ports import Orders
from services.market.selling.claims.store import ClaimStore
from services.market.selling.parties import traded_by


class ClaimEndpoints:
    """Claims; `orders` and `must_not_leave` are wired in the service."""

    claims = Provided(ClaimStore)
    claim_terms = Provided(ClaimTerms)
    orders: Orders
    must_not_leave: MustNotLeave

    @rpc(contract.ask_claim)
    def ask_claim(self, call: Call) -> Claim:
        return usecases.ask(self.claims, self.orders, self.must_not_leave, self.claim_terms, call)

    @rpc(contract.agree_to_claim)
    def agree_to_claim(self, call: Call) -> Claim:
        return usecases.agree(self.claims, self.claim_terms, call)

    @rpc(contract.refuse_claim)
    def refuse_claim(self, call: Call) -> Claim:
        return usecases.refuse(self.claims, self.claim_terms, call)

    @rpc(contract.dispute_claim)
    def dispute_claim(self, call: Call) -> Claim:
        return usecases.dispute(self.claims, self.claim_terms, traded_by(call.actor), call)

    @rpc(contract.send_goods_back)
    def send_goods_back(self, call: Call) -> Claim:
        return usecases.send_back(self.claims, self.claim_terms, call)

    @rpc(contract.confirm_goods_back)
    def confirm_goods_back(self, call: Call) -> Claim:
        return usecases.confirm_return(self.claims, call)

    @rpc(contract.withdraw_claim)
    def withdraw_claim(self, call: Call) -> Claim:
        return usecases.withdraw(self.claims, call)

    @rpc(contract.decide_claim)
    def decide_claim(self, call: Call) -> Claim:
        return usecases.decide(self.claims, self.claim_terms, views.in_sight(call.actor), call)

    @rpc(contract.find_claim)
    def find_claim(self, call: Call) -> Claim:
        return views.one(self.claims, call)

    @rpc(contract.list_claims)
    def list_claims(self, call: Call) -> dict:
        return views.own(self.claims, call)

    @rpc(contract.list_order_claims)
    def list_order_claims(self, call: Call) -> dict:
        return views.of_order(self.claims, self.orders, call)

    @rpc(contract.list_disputes)
    def list_disputes(self, call: Call) -> dict:
        return views.disputes(self.claims, call)
