"""A resident names a helper who acts for them (委托代办, 党员帮扶); what was done so is listed for ever.

Owns: mandates, acts, mandate_papers. Emits: identity.mandate.offered, .accepted, .refused, .ended, .expired. Hears:
affairs.application.submitted, .supplemented, .withdrawn; market.order.requested, .cancelled, .received, .called_off;
market.payment.requested; market.claim.asked, .disputed, .sent_back, .withdrawn; identity.resident.moved, .deceased,
.deactivated, .merged, .erased. Asks: nothing.

The gateway asks before each request that names a mandate, and keeps nothing: an end is heeded from the next request on. A
request that was let through before the end may still be done for the seconds that the check holds (`CHECK_HOLDS` in
the model) and not later: the operations of the other services refuse it then. Rooms of its own: `parties.py`, what becomes of mandates
when one of the two moves or ends; `mandates_from_before.py`, the same for those of 0.1.0; `limits.py`, what the county sets; `photos.py`, what a paper's photo may be.

Two writes record a paper: the photo first, then the mandate under the id that the idempotency key gives. A crash in
between leaves a photo that no mandate shows; the same key goes on with it.
"""
