"""好差评: what became of a handling in the eyes of who applied, and what is done about a bad one.

Owns: ratings. Emits: affairs.rating.received, .case_opened, .called_back, .answered, .raised, .closed, .appealed, .appeal_decided,
.solved_asked, .solved_told. Hears: affairs.application.rated. Asks: nothing.

One rating of one handling is one conditional write on the application itself, through whichever channel it comes; what was given is
copied here when it is heard (`listeners.py`), and nobody changes it. `model.py` is the case of a bad one: call back, mend within some working days,
answer, the citizen's word, once up to the county; beside it the appeal of who was rated. `links.py` makes the address for who has no
account, `timers.py` is the clock, `scopes.py` says whose it is, `publishing.py` says when what is published of it, and what a clerk reads of the own ratings.

Source: 国办发〔2019〕51号 (five levels, one rating for one handling, bad ones called back and mended, the right to appeal); the days to mend are local.
"""
