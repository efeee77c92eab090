"""Residents apply for matters; the office notifies once, accepts, decides; the resident rates.

Owns: applications, application_drafts. Emits: affairs.application.submitted, .materials_missing, .supplemented, .accepted,
.declined, .decided, .withdrawn, .lapsed, .rated. Hears: nothing. Asks: nothing.

Drafts are what somebody has filled in and not sent (`draft_model.py`, `drafting.py`, `draft_store.py`, `draft_shapes.py` for the wire): their own
alone, without events, deleted 30 days after they were last worked on.

`scopes.py` says whose application it is and who handles it.
"""
