"""The divisions as this service needs them: which codes there are, in which edition a county reads them, and what became of them.

Owns: places (a copy), editions (a copy), moves (a copy), followed. Emits: integrity.adoption.followed, .counted.
Hears: identity.region.published, .moved, identity.county.edition_adopted, identity.adoption.moved, .finished,
identity.succession.rehearsed. Asks: nothing
(what follows is wired in the service).
"""
