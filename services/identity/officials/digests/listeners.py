"""What makes and ends waiting."""

from services.chassis.events.event import Envelope
from services.chassis.listeners import hears
from services.chassis.storage.dependency_provider import Provided
from services.civic.calls import Call
from services.identity.officials.digests.store import Waiting


class DigestListeners:
    """Keep the copy of what waits; an older or repeated event changes nothing."""

    waiting = Provided(Waiting)

    @hears(
        "identity.resident.registered",
        "identity.resident.certified",
        "identity.resident.rejected",
        "identity.resident.tried_again",
        "identity.resident.deceased",
        "identity.resident.deactivated",
        "identity.resident.reactivated",
        "identity.resident.merged",
        "identity.resident.erased",
        "affairs.application.submitted",
        "affairs.application.materials_missing",
        "affairs.application.supplemented",
        "affairs.application.accepted",
        "affairs.application.declined",
        "affairs.application.decided",
        "affairs.application.withdrawn",
        "affairs.application.lapsed",
        "market.listing.offered",
        "market.listing.endorsed",
        "market.listing.declined",
        "market.listing.changed",
        "market.listing.withdrawn",
        "market.claim.disputed",
        "market.claim.agreed",
        "market.claim.decided",
        "market.claim.withdrawn",
        "market.claim.lapsed",
        queue="digests",
        batch=True,
    )
    def on_what_waits(self, together: list[tuple[Envelope, Call]]) -> None:
        self.waiting.hear(together)
