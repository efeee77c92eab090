"""People who come once: a phone proved by a code, and where the action needs it name and ID number, open a quarter of an hour.

Owns: visitors. Emits: identity.visitor.taken_over, .forgotten. Hears: identity.resident.certified, .corrected, .phone_proved;
affairs.application.submitted. Asks: nothing (codes, sessions, the residents' store and the register are wired in the service).

Who comes with the phone only is written down nowhere. Who gives a name is one visitor for one phone and one ID number: another
phone with the same number sees nothing of it, because a form proves no identity. Nobody learns here whether somebody is
registered, or what the register says: the answer is the same, the offices that handle a visitor's application read it. A
resident whom the village certifies under the same phone and number takes over what the visitor did; else the clock forgets it.
"""
