"""Sessions: who signs in, the tokens that prove it, and their rotation.

Owns: sessions. Emits: nothing. Hears: nothing. Asks: nothing.
"""
