"""Sessions: who signs in, the tokens that prove it, and their rotation.

Owns: sessions. Emits: nothing. Hears: identity.resident.deceased, .deactivated, .merged. Asks: nothing.
"""
