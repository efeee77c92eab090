"""Residents register and are certified by their own village; the town takes over what lies too long and decides appeals.

Owns: residents. Emits: identity.resident.registered, .certified, .rejected, .escalated, .appealed, .rejection_upheld,
.tried_again. Hears: nothing. Asks: nothing.

`papers.py` knows the forms of ID cards and other papers; `appeals.py` is what follows a rejection; `terms.py` says how long everybody has.
"""
