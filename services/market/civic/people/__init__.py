"""Who may buy and sell: the market's own copy of what identity tells about residents.

Owns: people. Emits: nothing. Hears: identity.resident.registered, .certified, .rejected,
.tried_again, .moved,
.deceased, .deactivated, .reactivated, .merged, .erased, .placed. Asks: nothing.
"""
