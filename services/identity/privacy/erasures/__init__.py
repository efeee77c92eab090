"""A resident's data is erased on request: asked for, thought over, nothing in the way, erased here and in every service.

Owns: erasures. Emits: identity.erasure.asked, .cancelled, .begun, .hindered, .cleared, .finished. Hears: identity.resident.erased,
.merged, .reactivated; affairs.departure.cleared, .hindered; market.departure.cleared, .hindered. Asks: nothing (the residents' store and what is forgotten of
a person are wired in the service).

data/kept.csv is what has to be kept, and why; `terms.py` reads it. The steps, each safe to repeat:

1. asked; for some days it can be cancelled (waiting);
2. begun: affairs and market let the person begin nothing new, look for what is open, and answer;
3. hindered, where something is open: the person stays, and can ask again; or cleared, when all have answered;
4. the entry becomes a tombstone under its id, and with it those merged into it; by its event every service erases its own copies.

Nothing is merged while it is under way; what waits ends with an entry that is merged, and stands still with one that has ended.
"""
