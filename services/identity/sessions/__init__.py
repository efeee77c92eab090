"""Sessions: who signs in, the tokens that prove it, and their rotation.

Owns: sessions, sign_in_attempts. Emits: identity.session.ended. Hears: identity.official.dismissed. Asks: nothing. Rooms of its own: `tokens.py`, the tokens;
`attempts.py`, the counters of what was tried; `devices.py`, what a device is called.
"""
