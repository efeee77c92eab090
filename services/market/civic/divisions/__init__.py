"""The market's own copy of what became of divisions, and how offers, orders and payments follow it.

Owns: moves, followed. Emits: market.adoption.followed, .counted. Hears: identity.region.moved, identity.adoption.moved, .finished,
identity.succession.rehearsed. Asks: nothing
(what follows is wired in the service).
"""
