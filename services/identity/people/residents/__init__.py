"""Residents register and are certified by their own village; the town takes over what lies too long and decides appeals.

Owns: residents, number_guesses. Emits: identity.resident.registered, .number_claimed, .certified, .rejected, .escalated, .appealed, .rejection_upheld,
.tried_again,
.correction_asked, .corrected, .correction_refused, .correction_withdrawn, .move_asked, .released, .moved, .move_refused,
.move_cancelled, .phone_proved, .phone_changed, .phone_lost, .end_reported, .end_dismissed, .deceased, .deactivated, .reactivated, .merged, .matched, .seen,
.sight_revoked, .password_changed, .erased, .placed. Hears: nothing. Asks: nothing.

`entry.py` holds the fields; `registration.py` is how one begins; `phones.py` whose a phone is, `proofs.py` how a code moves it;
`appeals.py` is what follows a rejection;
`numbers.py` under which hash a number is known, `numbered.py` whom a short number names, `number_guesses.py` how many that are nobody's somebody may name, `doubles.py` what happens when a number is registered already; `doubles_from_before.py` and `phones_from_before.py` what 0.1.0 left; `requests.py`, `corrections.py` and `moves.py` what a resident asks for;
`endings.py` is death, deactivation and merge; `words.py` keeps what was written, encrypted; `answers.py`
are parts of the contract, `account_facts.py` what a form is filled with, `fitting_facts.py` what finding matters that fit goes by; `terms.py` says how long everybody has; `levels.py` how surely a certified resident is known.
"""
