"""The coverage board: how many residents are certified, of how many smartphone users and people, by village, town and county.

Owns: coverage, coverage_people, coverage_days. Emits: nothing. Hears: identity.resident.registered, .certified,
.rejected, .tried_again, .moved, .deceased, .deactivated, .reactivated, .merged, .erased, .placed; identity.region.published, .figures_changed;
identity.county.edition_adopted. Asks: nothing.

`recount.py` is a command of its own: it counts the board anew from the residents themselves.
"""
