"""Affairs' own copy of what became of divisions, and how applications and applicants follow it.

Owns: places, followed. Emits: affairs.adoption.followed. Hears: identity.region.moved, identity.adoption.moved, .finished. Asks: nothing.
"""
