"""Residents apply for matters; the office notifies once, accepts, decides; the resident rates.

Owns: applications. Emits: affairs.application.submitted, .materials_missing, .supplemented, .accepted,
.declined, .decided, .withdrawn, .lapsed, .rated. Hears: nothing. Asks: nothing.

`scopes.py` says whose application it is and who handles it.
"""
