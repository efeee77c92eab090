"""The clock's endpoint: claims whose next step nobody took in time."""

from nameko.timer import timer

from services.civic.actor import SYSTEM
from services.civic.calls import Call
from services.market.selling.claims import usecases
from services.market.selling.claims.model import ClaimTerms
from services.market.selling.claims.store import ClaimStore

SWEEP_SECONDS = 30
"""How often each process of the service looks: days are counted here, half a minute matters to nobody."""


class ClaimTimers:
    """Sweeps; `claims` and `claim_terms` are declared by the endpoints."""

    claims: ClaimStore
    claim_terms: ClaimTerms

    @timer(interval=SWEEP_SECONDS)
    def sweep_claims(self) -> None:
        usecases.sweep(self.claims, self.claim_terms, Call({}, SYSTEM))
