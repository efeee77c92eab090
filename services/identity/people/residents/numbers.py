"""Under which hashes the number of a paper is known: never the number itself."""

from __future__ import annotations

from hmac import compare_digest
from typing import TYPE_CHECKING

from services.chassis.core.errors import Rejected
from services.identity.people.ages import of_age_at
from services.identity.people.papers import named_ending

if TYPE_CHECKING:
    from datetime import datetime

    from services.identity.people.papers import IdentityDocument
    from services.identity.people.residents.model import Resident
    from services.identity.people.residents.ports import IdentityHash
    from services.identity.people.residents.store import ResidentStore


def what_is_held(
    residents: ResidentStore, paper: IdentityDocument, identity_hash: IdentityHash, now: datetime
) -> dict:
    """What a resident's entry holds of a paper: never the number itself."""
    return {
        "paper": paper.kind,
        "id_number_hash": hash_in_use(residents, paper, identity_hash),
        "masked_id_number": paper.masked,
        "ending_hash": identity_hash(paper.ending),
        "of_age_at": of_age_at(paper, now),
    }


def hash_in_use(residents: ResidentStore, paper: IdentityDocument, identity_hash: IdentityHash) -> str:
    """The hash under which a number is recognised: the one of its kind of paper where an entry from before 0.2.0 holds that.

    No new entry takes such a hash unless an old one has it, so that the unique index decides as for every other number. Where two
    entries from before hold one number under both, that comes to light here, and the county is shown it.
    """
    if paper.key != paper.key_of_its_kind:
        older = identity_hash(paper.key_of_its_kind)
        if holder := residents.holder_of(older):
            residents.note_double(holder, residents.holder_of(identity_hash(paper.key)))
            return older
    return identity_hash(paper.key)


def the_paper_is_the_residents(resident: Resident, last_four: str, identity_hash: IdentityHash) -> None:
    """What is shown at the window bears the number that was registered: whoever vouches has compared the two."""
    if not ending_is(resident, last_four, identity_hash):
        raise Rejected(
            "resident.paper_of_another",
            "证件号码后四位和登记的不一样，请核对是不是本人的证件；登记时填错的，请先更正再办理。",
        )


def ending_is(resident: Resident, ending: str, identity_hash: IdentityHash) -> bool:
    """Whether the number of this resident's paper ends so; of older entries the masked number tells."""
    if resident.ending_hash:
        return compare_digest(resident.ending_hash, identity_hash(named_ending(ending)))
    return compare_digest(resident.masked_id_number[-4:].encode(), ending.encode())
