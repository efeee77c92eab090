"""What integrity keeps of residents and divisions as every service of a county does, and what it tells a person of it.

Owns: people (a copy), places (a copy), editions (a copy), moves (a copy), followed, portions.
Emits: integrity.adoption.followed, .counted, integrity.portion.gathered.
Hears: identity.resident.registered, .certified, .rejected, .tried_again, .moved, .deceased, .deactivated, .reactivated, .merged,
.erased, .placed; identity.region.moved; identity.adoption.moved, .finished; identity.succession.rehearsed;
identity.export.asked, .asked_again;
identity.region.published; identity.county.edition_adopted. Asks: nothing.

Made by `services.civic.capability`. Its own: of residents it keeps only whether they are certified, of divisions which codes there
are and in which edition a county reads them, and it tells no numbers of what would move. It hears that a person was erased, and
forgets; it does not answer whether somebody may be erased, because the answer would tell who has reported
(docs/explanation/decisions/0028-a-store-answers-for-the-person.md).
"""
