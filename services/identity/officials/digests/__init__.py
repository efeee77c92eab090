"""The officials' morning: one notice on each working day that counts what waits in their region.

Owns: waiting, digests. Emits: nothing. Hears: identity.resident.registered, .certified, .rejected, .tried_again, .deceased,
.deactivated, .reactivated, .merged, .erased; affairs.application.submitted, .materials_missing, .supplemented, .accepted, .declined, .decided, .withdrawn, .lapsed; market.listing.offered, .endorsed, .declined,
.changed, .withdrawn; market.claim.disputed, .agreed, .decided, .withdrawn, .lapsed. Asks: nothing (officials, preferences and notices are wired in the service).
"""
