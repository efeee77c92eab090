"""Residents are matched against the household register, which raises their assurance to 2.

Owns: register_matches. Emits: nothing (the resident tells identity.resident.matched). Hears: nothing.
Asks: nothing (residents, the register and its hashes are wired in the service).
Rooms of its own: `register.py`, the county's own register as matching sees it.

The answer is the same whether the number is in no register or under another name, so that nobody learns who is in it; tries are few,
each is kept with who made it, and those without success are logged by ids.
"""
