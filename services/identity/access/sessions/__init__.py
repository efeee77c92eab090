"""Sessions: who signs in, the tokens that prove it, and their rotation.

Owns: sessions, sign_in_attempts. Emits: identity.session.ended. Hears: identity.leave.ended,
identity.official.dismissed, .password_changed, .second_factor_confirmed, .second_factor_reset; identity.resident.deceased, .deactivated, .merged, .sight_revoked.
Asks: nothing.
Rooms of its own: `tokens.py`, the tokens; `signing.py`, the keys that sign them; `rotate.py`, the command that puts a new
one in; `attempts.py`, the counters of what was got wrong; `devices.py`, what a device is called; `passwords.py`, which
passwords are good; `factors.py`, getting a second factor.
"""
