"""The residents as this service needs them: who is certified.

Owns: people (a copy). Emits: nothing. Hears: identity.resident.registered, .certified, .rejected,
.tried_again, .moved,
.deceased, .deactivated, .reactivated, .merged, .erased, .placed. Asks: nothing.
"""
