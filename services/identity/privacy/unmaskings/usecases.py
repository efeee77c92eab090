"""Looking at personal data: it is noted first, then shown."""

from __future__ import annotations

import uuid
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from services.chassis.core.errors import AlreadyAnswered, Conflict, NotFound
from services.identity.people.papers import the_paper_is_valid
from services.identity.privacy.unmaskings.model import (
    MANDATE_PAPER,
    OWN_COPY,
    PURPOSES_OF_ROLE,
    Unmasking,
    the_role_that_needs_it,
)

if TYPE_CHECKING:
    from services.civic.calls import Call
    from services.identity.people.residents.model import Resident
    from services.identity.privacy.unmaskings.ports import IdentityHash, Residents
    from services.identity.privacy.unmaskings.store import UnmaskingStore

OF_A_PAPER = "查看委托书照片"
"""What residents read of a look at the paper of their mandate."""


def disclose(disclosures: UnmaskingStore, residents: Residents, scope: dict, call: Call) -> dict:
    """Note who looks and what for, then give the resident unmasked; raises NotFound outside the official's scope.

    Who was erased is looked at no more, not even at this moment: then the words go that were noted.
    """
    scope, asked = {"$and": [scope, {"state": {"$ne": "erased"}}]}, call.data
    resident = residents.get(asked["resident_id"], scope=scope)
    held = _roles_in(resident.region, call)
    disclosure = Unmasking(
        id=call.new_id("disclosure"),
        region=resident.region,
        edition=resident.edition,
        resident_id=resident.id,
        official_id=call.actor.id,
        role=the_role_that_needs_it(held, asked["purpose"]),
        purpose=asked["purpose"],
        reason=asked["reason"],
        made_at=call.now,
    )
    with suppress(AlreadyAnswered):  # the same look once more: it is noted
        disclosures.add(disclosure, disclosure.made(), call)
    try:
        residents.get(resident.id, scope=scope)
    except NotFound:
        disclosures.forget(resident.id)
        raise
    return {"id": disclosure.id, "resident_id": resident.id, **_unmasked(resident)}


def look_up(
    disclosures: UnmaskingStore,
    residents: Residents,
    identity_hash: IdentityHash,
    scope: dict,
    call: Call,
) -> dict:
    """Find a resident of the official's scope by the whole phone or number, and look as `disclose` does.

    Raises NotFound where there is none in the scope, whoever has it elsewhere, Rejected where the number is not one of its kind.
    """
    for id in _known_by(residents, identity_hash, call):
        with suppress(NotFound):
            found = residents.get(id, scope=scope)
            return disclose(
                disclosures, residents, scope, replace(call, data={**call.data, "resident_id": found.id})
            )
    raise NotFound("disclosure.nobody_found", "辖区内没有用这个号码登记的居民，请核对号码，或请本人先注册。")


def _known_by(residents: Residents, identity_hash: IdentityHash, call: Call) -> list[str]:
    """The ids of the entries that may be meant; of a number also the one that 0.1.0 kept it under."""
    asked = call.data
    if asked["what"] == "phone":
        return [one.id for one in residents.with_phone(asked["value"])]
    paper = the_paper_is_valid(asked["paper"], asked["value"], asked["country"], call.now.date())
    keys = dict.fromkeys((paper.key, paper.key_of_its_kind))
    return [id for key in keys if (id := residents.holder_of(identity_hash(key)))]


def note_own_look(
    disclosures: UnmaskingStore, resident: Resident, what: str, reason: str, call: Call
) -> None:
    """Note that a copy of everything was asked for or opened in a resident's name; `what` is noted once.

    No event: the resident sees it, and if it was somebody else, that is how one learns of it.
    """
    disclosure = Unmasking(
        id=f"own_{uuid.uuid5(uuid.NAMESPACE_OID, what).hex}",
        region=resident.region,
        resident_id=resident.id,
        official_id=resident.id,
        role="resident",
        purpose=OWN_COPY,
        reason=reason,
        made_at=call.now,
    )
    with suppress(Conflict):
        disclosures.add(disclosure, [], call.without_key())


def note_look_at_paper(
    disclosures: UnmaskingStore, residents: Residents, people: tuple[str, ...], region: str, call: Call
) -> None:
    """Note for each of these residents that an official, by a role in this region, sees a paper that tells of them.

    No event: nobody is unmasked, and the two find it among the looks at them.
    """
    for id in people:
        resident = residents.get(id)
        look = Unmasking(
            id=call.new_id(f"look at {id}"),
            region=resident.region,
            edition=resident.edition,
            resident_id=id,
            official_id=call.actor.id,
            role=next(name for name in _roles_in(region, call) if name in PURPOSES_OF_ROLE),
            purpose=MANDATE_PAPER,
            reason=OF_A_PAPER,
            made_at=call.now,
        )
        disclosures.add(look, [], call.without_key())


def _roles_in(region: str, call: Call) -> list[str]:
    return [role.name for role in call.actor.roles if region.startswith(role.region)]


def _unmasked(resident: Resident) -> dict:
    requested = resident.wanted or {}
    return {
        "name": resident.name,
        "phone": resident.phone,
        "id_number": resident.masked_id_number,
        "requested_name": requested.get("name"),
        "requested_phone": requested.get("phone"),
        "requested_id_number": requested.get("masked_id_number"),
    }
