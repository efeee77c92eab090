"""Affairs' own copy of what became of divisions, and how applications follow it.

Owns: moves, followed. Emits: affairs.adoption.followed, .counted. Hears: identity.region.moved, identity.adoption.moved, .finished,
identity.succession.rehearsed. Asks: nothing
(what follows is wired in the service).
"""
