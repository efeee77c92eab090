"""What affairs keeps of residents and divisions as every service of a county does, what it tells a person of it, and how it lets one go.

Owns: people (a copy), moves (a copy), followed, departures, portions, files, file_pieces.
Emits: affairs.adoption.followed, .counted, affairs.departure.cleared, .hindered, affairs.portion.gathered.
Hears: identity.resident.registered, .certified, .rejected, .tried_again, .moved, .deceased, .deactivated, .reactivated, .merged,
.erased, .placed; identity.region.moved; identity.adoption.moved, .finished; identity.succession.rehearsed;
identity.export.asked, .asked_again;
identity.erasure.begun, .hindered; identity.visitor.forgotten. Asks: nothing.

All of it is made by `services.civic.capability`. Its own: the stores it is made of (`listeners.py`), and the rule that whoever is
leaving applies for nothing (`rules.py`).
"""
