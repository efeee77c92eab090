"""What is done with erasures: load -> decide -> save."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from services.chassis.core.errors import DomainError, NotFound
from services.identity.privacy.erasures.model import Erasure

if TYPE_CHECKING:
    from collections.abc import Iterable

    from services.civic.calls import Call
    from services.identity.privacy.erasures.ports import EndSessions, Forgetful, JustSignedIn, Residents
    from services.identity.privacy.erasures.store import ErasureStore
    from services.identity.privacy.erasures.terms import ErasureTerms


def ask(
    erasures: ErasureStore,
    residents: Residents,
    just_signed_in: JustSignedIn,
    terms: ErasureTerms,
    call: Call,
) -> Erasure:
    """Ask to be erased; raises Forbidden without a new sign-in, Conflict beside an open request."""
    just_signed_in(call)
    resident = residents.get(call.actor.id)
    erasure = Erasure(
        id=call.new_id("erasure"),
        region=resident.region,
        edition=resident.edition,
        resident_id=resident.id,
        asked_at=call.now,
        due_at=call.now + terms.cooling,
    )
    erasures.add(erasure, erasure.ask(), call)
    return erasure


def cancel(erasures: ErasureStore, call: Call) -> Erasure:
    """Stay after all; raises NotFound for another's request."""
    erasure = erasures.get(call.data["erasure_id"], call, {"resident_id": call.actor.id})
    erasures.save(erasure, erasure.cancel(call.now), call)
    return erasure


def begin_what_is_due(erasures: ErasureStore, residents: Residents, call: Call, most: int = 200) -> int:
    """Begin the requests whose time to cancel is over; gives how many. Two sweeps at once are safe."""
    begun = 0
    for id in erasures.due(call.now, most):
        with suppress(DomainError):  # cancelled, begun or merged into meanwhile
            begun += _begin(erasures, residents, erasures.get(id), call)
    return begun


def _begin(erasures: ErasureStore, residents: Residents, erasure: Erasure, call: Call) -> bool:
    """Begin one, unless its entry has ended, so that nobody could cancel; tells whether it has begun."""
    resident = residents.get(erasure.resident_id)
    if resident.state == "merged":
        erasures.save(erasure, erasure.end_with_entry(call.now), call)
    elif not resident.is_living:
        erasure.stand_still()
        erasures.save(erasure, [], call)
    elif events := erasure.begin(residents.merged_into(erasure.resident_id), call.now):
        erasures.save(erasure, events, call)
        return True
    return False


def end_with_entry(erasures: ErasureStore, call: Call) -> None:
    """An entry was merged into another one: what it asked for is cancelled, and asked for anew by the one that goes on."""
    for id in erasures.open_of(call.data["resident_id"]):
        erasure = erasures.get(id)
        if events := erasure.end_with_entry(call.now):
            erasures.save(erasure, events, call.without_key())


def go_on(erasures: ErasureStore, terms: ErasureTerms, call: Call) -> None:
    """An entry lives again: its request goes on, with the whole time to think it over."""
    for id in erasures.open_of(call.data["resident_id"]):
        erasure = erasures.get(id)
        erasure.go_on(call.now + terms.cooling)
        erasures.save(erasure, [], call.without_key())


def take_answer(erasures: ErasureStore, residents: Residents, service: str, call: Call) -> None:
    """A service says what is open; when all are clear the entry becomes a tombstone, and with it those merged into it.

    A repeat after a crash goes on where it stopped: the request is cleared, then the entry erased, then the request finished. It is
    looked once more for merged entries when the own one is a tombstone, into which nothing can be merged.
    """
    call = call.without_key()
    erasure = erasures.get(call.data["erasure_id"])
    known = erasure.answers
    events = erasure.take_answer(service, call.data.get("open_count", 0), call.now)
    if erasure.answers != known:
        erasures.save(erasure, events, call)
    if erasure.state == "cleared":
        _go_through(erasures, residents, erasure, call)


def repeat(
    erasures: ErasureStore, residents: Residents, erasure_id: str, entries: list[str], call: Call
) -> bool:
    """Erase once more who was erased before a backup from before that was restored; tells whether there was anything to do."""
    try:
        resident = residents.get(entries[0])
    except NotFound:
        return False  # registered after the backup, too
    open = erasures.open_of(resident.id)
    if resident.state == "erased" and not open:
        return False
    if open:
        erasure = erasures.get(open[0])
        erasures.save(erasure, erasure.clear_again(entries), call)
    else:
        erasure = Erasure(
            erasure_id, resident.region, resident.id, call.now, call.now, edition=resident.edition
        )
        erasures.add(erasure, erasure.clear_again(entries), call)
    _go_through(erasures, residents, erasure, call)
    return True


def _go_through(erasures: ErasureStore, residents: Residents, erasure: Erasure, call: Call) -> None:
    """The own entry becomes a tombstone, then those merged into it, then the request is finished."""
    _erase(residents, [erasure.resident_id], call)
    later = residents.merged_into(erasure.resident_id)
    # a tombstone no longer says into which entry it was merged: whoever leads to others comes after them
    _erase(residents, [*reversed(later), *erasure.entries], call)
    erasures.save(erasure, erasure.finish(call.now), call)


def _erase(residents: Residents, ids: Iterable[str], call: Call) -> None:
    for id in ids:
        try:
            resident = residents.get(id)
        except NotFound:
            continue  # in a database that was restored: merged into the own entry after the backup
        if resident.state != "erased":
            residents.save(resident, resident.erase(), call)


def forget(stores: Iterable[Forgetful], end_sessions: EndSessions, call: Call) -> None:
    """Erase what identity holds of a person beside the entry; a repeat finds nothing more."""
    person = call.data["resident_id"]
    end_sessions(person, replace(call, key=""))
    for store in stores:
        store.forget(person)
