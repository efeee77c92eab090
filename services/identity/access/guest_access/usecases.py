"""What is done with visits: one begins, a resident takes over, the clock forgets."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from services.chassis.core.errors import Conflict, DomainError
from services.identity.access.account import Guest
from services.identity.access.guest_access.model import Visitor, one_phone_speaks_for_few_people, said
from services.identity.people.papers import the_paper_is_valid

if TYPE_CHECKING:
    from collections.abc import Iterable

    from services.chassis.events.outbox import NewEvent
    from services.civic.calls import Call
    from services.identity.access.guest_access.ports import (
        BeginSession,
        EntryChecks,
        Forgetful,
        ProvePhone,
        Residents,
        ResidentToCompare,
    )
    from services.identity.access.guest_access.store import VisitorStore


TRIES = 8


@dataclass(frozen=True)
class Given:
    """What somebody says to be, in good form."""

    name: str
    id_number_hash: str
    masked_number: str
    region: str
    edition: str


def begin(
    visitors: VisitorStore,
    prove_phone: ProvePhone,
    parts: EntryChecks,
    begin_session: BeginSession,
    call: Call,
) -> dict:
    """Open a quarter of an hour; raises Rejected for a wrong form, before the code is used, and Forbidden for a wrong code.

    `prove_phone(call)` uses the code up and gives its phone.
    """
    given = _given(parts, call) if "name" in call.data else None
    phone = prove_phone(call)
    if given is None:
        return begin_session(Guest(call.new_id("visitor"), merged=tuple(visitors.of_phone(phone))), call)
    visitor = _entered(visitors, parts, given, phone, call)
    return begin_session(Guest(visitor.id, visitor.region, visitor.edition, True), call)


def take_over(visitors: VisitorStore, residents: Residents, call: Call) -> None:
    """A resident was certified, corrected phone or number, or proved a phone: a visitor with both is the resident who holds them."""
    resident = residents.get(call.data["resident_id"])
    visitor = visitors.find_by(resident.phone, resident.id_number_hash)
    if visitor and resident.state == "certified" and resident.phone_held:
        _save(visitors, visitor, visitor.take_over(resident.id), call)


def forget_what_is_due(
    visitors: VisitorStore, stores: Iterable[Forgetful], call: Call, most: int = 200
) -> int:
    """Forget visitors, first what else is kept of them; gives how many. Two sweeps at once are safe."""
    forgotten = 0
    for id in visitors.due(call.now, most):
        with suppress(DomainError):  # came again meanwhile; what is still due comes with the next sweep
            visitor = visitors.get(id)
            told = visitor.forget(call.now)
            visitors.forget_answers(id)
            for store in stores:
                store.forget(id)
            visitors.save(visitor, told, call)
            forgotten += bool(told)
    return forgotten


def phone_of(visitors: VisitorStore, residents: Residents, id: str) -> str | None:
    """The phone at which a visitor is told what becomes of an application; None where nobody is to be told."""
    with suppress(DomainError):
        visitor = visitors.get(id)
        if visitor.resident_id is not None:
            return residents.phone_to_reach(visitor.resident_id)
        return visitor.phone or None
    return None


def _given(parts: EntryChecks, call: Call) -> Given:
    asked = call.data
    edition = parts.villages.must_exist(asked["village"])
    parts.notice.must_be_shown(asked["notice_version"])
    paper = the_paper_is_valid(asked["paper"], asked["id_number"], asked["country"], call.now.date())
    hashed = parts.identity_hash(paper.key)
    return Given(asked["name"], hashed, paper.masked, asked["village"], edition)


def _entered(visitors: VisitorStore, parts: EntryChecks, given: Given, phone: str, call: Call) -> Visitor:
    """Write the visitor down; again where the same person, or another one with this phone, was faster: the code is used."""
    compared = said(parts.register.find(given))
    owner = parts.residents.find_by_phone(phone)
    resident_id = owner.id if owner and _is(owner, given) else None
    tries = 0
    while True:
        visitor = visitors.find_by(phone, given.id_number_hash) or _new(visitors, given, phone, call)
        visitor.come(given.name, given.region, given.edition, compared, call.now)
        try:
            _save(visitors, visitor, visitor.take_over(resident_id) if resident_id else [], call)
            return visitor
        except Conflict:
            tries += 1
            if tries == TRIES:
                raise


def _is(resident: ResidentToCompare, given: Given) -> bool:
    return resident.state == "certified" and resident.id_number_hash == given.id_number_hash


def _new(visitors: VisitorStore, given: Given, phone: str, call: Call) -> Visitor:
    place = one_phone_speaks_for_few_people(list(visitors.of_phone(phone).values()))
    id, now = call.new_id("visitor"), call.now
    return Visitor(
        id, given.region, given.edition, given.name, phone, given.id_number_hash, given.masked_number, place, now, now
    )  # fmt: skip


def _save(visitors: VisitorStore, visitor: Visitor, told: list[NewEvent], call: Call) -> None:
    (visitors.save if visitor.version else visitors.add)(visitor, told, call.without_key())
