"""A resident names a helper who acts for them (委托代办, 党员帮扶); what was done so is listed for ever.

Owns: mandates, acts, mandate_papers, files, file_pieces.
Emits: identity.mandate.offered, .accepted, .refused, .ended, .expired, .photo_added, .photo_removed. Hears:
affairs.application.submitted, .supplemented, .withdrawn, .file_added, .file_removed, .paper_reused; affairs.result.delivery_chosen;
affairs.review.asked, .raised, .withdrawn; market.order.requested, .cancelled, .received, .called_off;
market.payment.requested; market.claim.asked, .disputed, .sent_back, .withdrawn; identity.mandate.refused, .ended, .expired;
identity.resident.moved, .deceased, .deactivated, .merged, .erased. Asks: nothing.

The gateway asks before each request that names a mandate, and keeps nothing: an end is heeded from the next request on. A
request that was let through before the end may still be done for the seconds that the check holds (`CHECK_HOLDS` in
the model) and not later: the operations of the other services refuse it then. Rooms of its own: `parties.py`, what becomes of mandates
when one of the two moves or ends; `mandates_from_before.py`, the same for those of 0.1.0; `limits.py`, what the county sets; `recording.py`, a paper from being
recorded to being over; `paper_photos.py`, its photos (`photo_rules.py`, `photo_shapes.py`, `photo_rpc.py`, and the mandate's part `with_photos.py`);
`files.py`, the files of identity; `photos.py`, what a photo in a request may be.

A paper is photographed when it is recorded, or later. A photo is a file first, then the mandate names it; when the mandate is over its
own event lets the files be erased. Whoever stops in between leaves a file that no mandate names, which the clock erases.
"""
