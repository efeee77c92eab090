"""Residents apply for matters; the office notifies once, accepts, decides; the resident rates.

Owns: applications, application_drafts, clerks (a copy). Emits: affairs.application.submitted, .materials_missing, .supplemented, .accepted,
.declined, .decided, .withdrawn, .lapsed, .rated, .claimed, .handed, .released.
Hears: identity.official.appointed, .placed, .dismissed. Asks: nothing.

Rooms of its own: `hands.py`, for whom somebody acts at the desk; `in_hand.py` and `claiming.py`, who has an application in hand; `remarks.py`, what officials write for each other; `inbox.py`, what waits for a clerk; `clerks.py`, to whom it
can be given; `operations.py`, `desk_shapes.py` and `desk_rpc.py`, the doors of the desk; `desk_from_before.py`, how what 0.1.0 wrote
comes to it.

Drafts are what somebody has filled in and not sent (`draft_model.py`, `drafting.py`, `draft_store.py`, `draft_shapes.py` for the wire): their own
alone, without events, deleted 30 days after they were last worked on.

`scopes.py` says whose application it is and who handles it.
"""
