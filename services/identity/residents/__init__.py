"""Residents register and are certified by their own village; the town takes over what lies too long and decides appeals.

Owns: residents. Emits: identity.resident.registered, .certified, .rejected, .escalated, .appealed, .rejection_upheld,
.tried_again,
.correction_asked, .corrected, .correction_refused, .correction_withdrawn, .move_asked, .released, .moved, .move_refused,
.move_cancelled, .end_reported, .end_dismissed, .deceased, .deactivated, .reactivated, .merged, .matched, .seen,
.sight_revoked, .erased, .placed. Hears: nothing. Asks: nothing.

`papers.py` knows the forms of ID cards and other papers; `appeals.py` is what follows a rejection;
`requests.py`, `corrections.py` and `moves.py` what a resident asks for;
`endings.py` is death, deactivation and merge; `terms.py` says how long everybody has; `levels.py` how surely a certified
resident is known.
"""
