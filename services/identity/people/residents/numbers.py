"""Under which hashes the number of a paper is known: never the number itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from services.identity.people.papers import IdentityDocument
    from services.identity.people.residents.ports import IdentityHash
    from services.identity.people.residents.store import ResidentStore


def what_is_held(residents: ResidentStore, paper: IdentityDocument, identity_hash: IdentityHash) -> dict:
    """What a resident's entry holds of a paper: never the number itself."""
    return {
        "paper": paper.kind,
        "id_number_hash": hash_in_use(residents, paper, identity_hash),
        "masked_id_number": paper.masked,
        "ending_hash": identity_hash(paper.ending),
    }


def hash_in_use(residents: ResidentStore, paper: IdentityDocument, identity_hash: IdentityHash) -> str:
    """The hash under which a number is recognised: the one of its kind of paper where an entry from before 0.2.0 holds that.

    No new entry takes such a hash unless an old one has it, so that the unique index decides as for every other number.
    """
    if paper.key != paper.key_of_its_kind:
        older = identity_hash(paper.key_of_its_kind)
        if residents.holder_of(older):
            return older
    return identity_hash(paper.key)
