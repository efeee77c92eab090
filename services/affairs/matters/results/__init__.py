"""What was granted, as a paper: numbered, signed, handed over, revoked, and verified by anybody who is shown it.

Owns: results, paper_checks. Emits: affairs.result.issued, .delivery_chosen, .handed_over, .revoked. Hears: nothing. Asks: nothing.

A paper has its number before it is set, and never loses it: the document with the number is written first (`making`), the paper follows
(`making.py`), and the clock (`timers.py`) makes what somebody who died on the way left. Numbers have no gaps per office and year because
each is one more than the last that there is, under a unique index (`store.py`).

`wording.py` says what stands on it, `services/civic/paper` sets and signs it, the sealed file is one of affairs' `files`. `verifying.py` answers
anybody (`verification_shapes.py` for the wire), as often as `limits.py` lets one address ask; `scopes.py` says whose a paper is.
"""
