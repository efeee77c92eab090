"""Sessions: who signs in, the tokens that prove it, and their rotation.

Owns: sessions, sign_in_attempts, spent_proofs. Emits: identity.session.ended. Hears: identity.leave.ended,
identity.official.dismissed, .password_changed, .second_factor_confirmed, .second_factor_reset; identity.resident.deceased, .deactivated, .merged, .password_changed, .sight_revoked.
Asks: nothing.
Rooms of its own: `tokens.py`, the tokens; `signing.py`, the keys that sign them; `rotate.py`, the command that puts a new
one in; `attempts.py`, the counters of what was got wrong; `proofs_of_work.py`, what is computed instead of waiting; `devices.py`, what a device is called; `passwords.py`, which
passwords are good; `browsers.py`, the cookie of the pages; `password_changes.py`, getting another one; `factors.py`, getting a second factor.
"""
