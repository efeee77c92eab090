"""What is done with residents: load -> decide -> save."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from services.chassis.core.errors import DomainError
from services.identity.people.residents.endings import a_survivor_lives
from services.identity.people.residents.levels import WITH_ID_NUMBER
from services.identity.people.residents.model import Resident
from services.identity.people.residents.numbers import the_paper_is_the_residents, what_is_held
from services.identity.people.residents.registration import paper_of

if TYPE_CHECKING:
    from services.chassis.events.outbox import NewEvent
    from services.civic.calls import Call
    from services.identity.people.residents.ports import Erasures, IdentityHash, Villages
    from services.identity.people.residents.store import ResidentStore
    from services.identity.people.residents.terms import ResidentTerms

    ActsIn = Callable[[str], bool]  # whether the caller acts in a region through the roles that count
    Decision = Callable[[Resident], list[NewEvent]]


def certify(residents: ResidentStore, identity_hash: IdentityHash, scope: dict, call: Call) -> Resident:
    """The village vouches for a resident; raises NotFound outside the official's scope, Rejected for another's paper."""
    last_four = call.data["last_four"]

    def decide(one: Resident) -> list[tuple[str, dict]]:
        if last_four:
            the_paper_is_the_residents(one, last_four, identity_hash)
        return one.certify(call.actor.id, call.now)

    return _vouch(residents, scope, call, decide)


def reject(residents: ResidentStore, terms: ResidentTerms, scope: dict, call: Call) -> Resident:
    """The village does not vouch and says why; raises NotFound outside the official's scope."""
    reason, appeal_by = call.data["reason"], terms.appeal_by(call.now)
    return _change(residents, scope, call, lambda one: one.reject(call.actor.id, reason, appeal_by, call.now))


def appeal(residents: ResidentStore, scope: dict, call: Call) -> Resident:
    """A rejected resident asks the town to decide."""
    return _change(residents, scope, call, lambda one: one.appeal_to_town(call.data["reason"], call.now))


def uphold(residents: ResidentStore, scope: dict, call: Call) -> Resident:
    """The town leaves a rejection as it is, and says why."""
    answer = call.data["reason"]
    return _change(residents, scope, call, lambda one: one.uphold(call.actor.id, answer, call.now))


def overturn(residents: ResidentStore, scope: dict, call: Call) -> Resident:
    """The town vouches in the village's place, and says why."""
    answer = call.data["reason"]
    return _vouch(residents, scope, call, lambda one: one.overturn(call.actor.id, answer, call.now))


def escalate_what_is_overdue(residents: ResidentStore, call: Call, most: int = 200) -> int:
    """Hand to the town what villages let lie, and forget phones from before a change; gives how many were handed over.

    Two sweeps at once are safe: each resident is saved under the version, and the one who loses leaves it to the other.
    """
    changed = 0
    for id in residents.due(call.now, most):
        with suppress(DomainError):  # somebody decided meanwhile; what is still due comes with the next sweep
            resident = residents.get(id)
            events, forgets = resident.escalate(call.now), resident.forget_phones_before(call.now)
            if events or forgets:
                residents.save(resident, events, call)
                changed += bool(events)
    return changed


def ask_correction(
    residents: ResidentStore, identity_hash: IdentityHash, scope: dict, call: Call
) -> Resident:
    """A resident asks for one correction; raises Rejected for a wrong number."""
    what, value = call.data["what"], call.data["value"]
    values = (
        what_is_held(residents, paper_of(value, call), identity_hash, call.now)
        if what == "id_number"
        else {what: value}
    )
    return _change(residents, scope, call, lambda one: one.ask_correction(what, values, call.now))


def approve_correction(residents: ResidentStore, may_as_town: ActsIn, scope: dict, call: Call) -> Resident:
    """An official agrees; `may_as_town(region)` tells whether as one of the town. Raises Conflict for another's number."""
    by = call.actor.id
    return _change(
        residents, scope, call, lambda one: one.approve_correction(by, may_as_town(one.region), call.now)
    )


def refuse_correction(residents: ResidentStore, may_as_town: ActsIn, scope: dict, call: Call) -> Resident:
    """An official does not agree, and says why."""
    by, why = call.actor.id, call.data["reason"]
    return _change(
        residents, scope, call, lambda one: one.refuse_correction(by, may_as_town(one.region), why, call.now)
    )


def withdraw_correction(residents: ResidentStore, scope: dict, call: Call) -> Resident:
    """The resident wants the correction no more."""
    return _change(residents, scope, call, lambda one: one.withdraw_correction(call.now))


def ask_move(residents: ResidentStore, villages: Villages, scope: dict, call: Call) -> Resident:
    """A resident asks to belong to another village; raises Rejected for an unknown one."""
    to, reason, edition = call.data["to"], call.data["reason"], villages.must_exist(call.data["to"])
    return _change(residents, scope, call, lambda one: one.ask_move(to, reason, call.now, edition))


def release(residents: ResidentStore, scope: dict, call: Call) -> Resident:
    """The old village lets go."""
    return _change(residents, scope, call, lambda one: one.release(call.actor.id, call.now))


def accept_move(residents: ResidentStore, may_in: ActsIn, scope: dict, call: Call) -> Resident:
    """The new village accepts; `may_in(region)` tells whether the caller decides there."""
    return _change(
        residents,
        scope,
        call,
        lambda one: one.accept_move(call.actor.id, may_in(one.arriving_in or one.region), call.now),
    )


def refuse_move(residents: ResidentStore, may_in: ActsIn, scope: dict, call: Call) -> Resident:
    """The village whose turn it is does not agree; `may_in(region)` tells whether the caller decides there."""
    reason = call.data["reason"]
    return _change(
        residents,
        scope,
        call,
        lambda one: one.refuse_move(call.actor.id, may_in(one.arriving_in or one.region), reason, call.now),
    )


def cancel_move(residents: ResidentStore, scope: dict, call: Call) -> Resident:
    """The resident stays."""
    return _change(residents, scope, call, lambda one: one.cancel_move(call.now))


def report_end(residents: ResidentStore, scope: dict, call: Call) -> Resident:
    """The village reports a death or a deactivation."""
    kind, reason, by = call.data["kind"], call.data["reason"], call.actor.id
    return _change(residents, scope, call, lambda one: one.report_end(kind, reason, by, call.now))


def confirm_end(residents: ResidentStore, scope: dict, call: Call) -> Resident:
    """The town confirms what the village reported; sessions end by the event."""
    return _change(residents, scope, call, lambda one: one.confirm_end(call.actor.id, call.now))


def dismiss_end(residents: ResidentStore, scope: dict, call: Call) -> Resident:
    """The report was wrong."""
    return _change(residents, scope, call, lambda one: one.dismiss_end())


def reactivate(residents: ResidentStore, scope: dict, call: Call) -> Resident:
    """The entry was ended in error."""
    reason = call.data["reason"]
    return _change(residents, scope, call, lambda one: one.reactivate(call.actor.id, reason, call.now))


def merge(residents: ResidentStore, erasures: Erasures, scope: dict, call: Call) -> Resident:
    """Two entries are one person's: gives the one that ended; raises Conflict where the survivor ends at this moment, or either is erased.

    A survivor that claimed the number of the one that ends holds it from then on: who lost phone and password goes on so.
    """
    ended = residents.get(call.data["ended_id"], call, scope)
    survivor = residents.get(call.data["resident_id"], scope=scope)
    events = ended.merge_into(survivor.id, call.actor.id, call.data["reason"], call.now)
    with residents.at_once():
        a_survivor_lives(residents.hold_living(survivor))
        erasures.let_merge(ended.id, survivor.id)
        inherits, was_double = survivor.claims == ended.id_number_hash, survivor.double_of == ended.id
        if inherits:
            ended.give_up_number()
        residents.save(ended, events, call)
        if inherits:
            survivor.hold_number()
        if was_double:
            survivor.double_of = None
        if inherits or was_double:
            residents.save(survivor, [], call.without_key())
    return ended


def _vouch(residents: ResidentStore, scope: dict, call: Call, decide: Decision) -> Resident:
    """Certify; a claimed number is held from then on, or NumberTaken raised where a living entry holds it."""
    resident = residents.get(call.data["resident_id"], call, scope)
    claimed = resident.claims
    events = decide(resident)
    if not claimed:
        residents.save(resident, events, call)
        return resident
    with residents.at_once():
        residents.free_number(claimed)
        residents.save(resident, events, call)
    return resident


def _change(residents: ResidentStore, scope: dict, call: Call, decide: Decision) -> Resident:
    """Load one, let it decide, save it with what it tells."""
    resident = residents.get(call.data["resident_id"], call, scope)
    residents.save(resident, decide(resident), call)
    return resident


def see(residents: ResidentStore, identity_hash: IdentityHash, scope: dict, call: Call) -> Resident:
    """An official saw the person at the window; raises NotFound outside the scope, Forbidden for oneself, Rejected for another's paper."""
    paper, last_four = call.data["paper"], call.data["last_four"]

    def decide(one: Resident) -> list[tuple[str, dict]]:
        events = one.see(call.actor.id, paper, last_four, call.now)
        if paper in WITH_ID_NUMBER:
            the_paper_is_the_residents(one, last_four, identity_hash)
        return events

    return _change(residents, scope, call, decide)


def revoke_sight(residents: ResidentStore, scope: dict, call: Call) -> Resident:
    """The county revokes what was recorded at the window; sessions end by the event."""
    reason = call.data["reason"]
    return _change(residents, scope, call, lambda one: one.revoke_sight(call.actor.id, reason, call.now))
