"""Affairs' own copy of residents: who lives in which village and is certified.

Owns: people. Emits: nothing. Hears: identity.resident.registered, .certified, .rejected,
.tried_again, .moved,
.deceased, .deactivated, .reactivated, .merged, .erased, .placed. Asks: nothing.
"""
