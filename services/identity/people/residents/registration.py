"""Who registers with a village, and who tries again: the answer is the same whoever else has the phone or the number."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from services.chassis.core.errors import NotFound
from services.identity.people.ages import of_age_at, who_is_under_fourteen_registers_with_a_guardian
from services.identity.people.papers import IdentityDocument, the_paper_is_valid
from services.identity.people.residents.doubles import NumberTaken
from services.identity.people.residents.model import Resident
from services.identity.people.residents.numbers import hash_in_use, what_is_held
from services.identity.people.residents.phones import only_so_many_register_from_one_place

if TYPE_CHECKING:
    from collections.abc import Callable

    from services.chassis.core.secrets import Passwords
    from services.chassis.events.outbox import NewEvent
    from services.civic.calls import Call
    from services.identity.people.residents.ports import (
        CountRegistration,
        IdentityHash,
        PasswordIsGood,
        PrivacyNotice,
        Villages,
    )
    from services.identity.people.residents.store import ResidentStore
    from services.identity.people.residents.terms import ResidentTerms

    Write = Callable[[Resident, list[NewEvent], Call], None]  # the store's `add` or `save`


def register(
    residents: ResidentStore,
    villages: Villages,
    notice: PrivacyNotice,
    passwords: Passwords,
    password_is_good: PasswordIsGood,
    identity_hash: IdentityHash,
    terms: ResidentTerms,
    count: CountRegistration,
    call: Call,
) -> Resident:
    """Register a person with a village; raises Rejected for a wrong number or village or a bad password, TooMany from a place from which too many come.

    A number or a phone that another entry holds is answered like any other, after the same work: nobody learns from it who is
    registered. `terms` say until when the village decides.
    """
    asked = call.data
    # before the password is hashed: impatient repeats would keep the service hashing and never hear an answer
    with suppress(NotFound):
        residents.get(call.new_id("resident"), call)
    paper = paper_of(asked["id_number"], call)
    _may_register(paper, password_is_good, call)
    edition = villages.must_exist(asked["village"])
    notice.must_be_shown(asked["notice_version"])
    only_so_many_register_from_one_place(count(call), call.now)
    others = residents.with_phone(asked["phone"])
    resident = Resident(
        id=call.new_id("resident"),
        region=asked["village"],
        name=asked["name"],
        id_number_hash=hash_in_use(residents, paper, identity_hash),
        masked_id_number=paper.masked,
        ending_hash=identity_hash(paper.ending),
        of_age_at=of_age_at(paper, call.now),
        phone=asked["phone"],
        phone_held=False,
        password_hash=passwords.hash(asked["password"], others[0].password_hash if others else None),
        registered_at=call.now,
        paper=paper.kind,
        decide_by=terms.decide_by(call.now),
        notice_version=asked["notice_version"],
        edition=edition,
    )
    _keep(residents, resident, residents.add, resident.registered(), call)
    return resident


def _may_register(paper: IdentityDocument, password_is_good: PasswordIsGood, call: Call) -> None:
    who_is_under_fourteen_registers_with_a_guardian(paper, call.now)
    for known_by in (call.data["phone"], paper.number):
        password_is_good(call.data["password"], "", known_by)


def try_again(
    residents: ResidentStore,
    villages: Villages,
    identity_hash: IdentityHash,
    terms: ResidentTerms,
    scope: dict,
    call: Call,
) -> Resident:
    """A rejected resident corrects what was wrong; raises as `register`."""
    resident = residents.get(call.data["resident_id"], call, scope)
    corrected = _corrected(residents, villages, identity_hash, call)
    events = resident.try_again(corrected, terms.decide_by(call.now))
    _keep(residents, resident, residents.save, events, call)
    return resident


def paper_of(number: str, call: Call) -> IdentityDocument:
    """The paper that is named in a request; raises Rejected where the number is not one of its kind."""
    return the_paper_is_valid(call.data["paper"], number, call.data["country"], call.now.date())


def _keep(
    residents: ResidentStore, resident: Resident, write: Write, events: list[NewEvent], call: Call
) -> None:
    """Write an entry with its number, or with a claim to it where another one holds it: what comes back is the same."""
    try:
        write(resident, events, call)
    except NumberTaken:
        holder = residents.holder_of(resident.id_number_hash)
        write(resident, [*events, *resident.claim_number(holder)], call)


def _corrected(residents: ResidentStore, villages: Villages, identity_hash: IdentityHash, call: Call) -> dict:
    asked = call.data
    corrected: dict = {"name": asked["name"]} if asked["name"] else {}
    if asked["village"]:
        corrected["edition"] = villages.must_exist(asked["village"])
        corrected["region"], corrected["awaiting"] = asked["village"], None
    if asked["id_number"]:
        paper = paper_of(asked["id_number"], call)
        who_is_under_fourteen_registers_with_a_guardian(paper, call.now)
        corrected |= what_is_held(residents, paper, identity_hash, call.now)
    return corrected
