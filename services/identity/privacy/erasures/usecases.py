"""What is done with erasures: load -> decide -> save."""

from contextlib import suppress
from dataclasses import replace

from services.chassis.core.errors import DomainError
from services.identity.privacy.erasures.model import Erasure


def ask(erasures, residents, just_signed_in, terms, call) -> Erasure:
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


def cancel(erasures, call) -> Erasure:
    """Stay after all; raises NotFound for another's request."""
    erasure = erasures.get(call.data["erasure_id"], call, {"resident_id": call.actor.id})
    erasures.save(erasure, erasure.cancel(call.now), call)
    return erasure


def begin_what_is_due(erasures, residents, call, most: int = 200) -> int:
    """Begin the requests whose time to cancel is over; gives how many. Two sweeps at once are safe."""
    begun = 0
    for id in erasures.due(call.now, most):
        with suppress(DomainError):  # cancelled or begun meanwhile
            erasure = erasures.get(id)
            events = erasure.begin(residents.merged_into(erasure.resident_id), call.now)
            if events:
                erasures.save(erasure, events, call)
                begun += 1
    return begun


def take_answer(erasures, residents, service: str, call) -> None:
    """A service says what is open; when all are clear the entry becomes a tombstone, and with it those merged into it.

    A repeat after a crash goes on where it stopped: the request is cleared, then the entry erased, then the request finished.
    """
    call = replace(call, key="", render=None)
    erasure = erasures.get(call.data["erasure_id"])
    known = erasure.answers
    events = erasure.take_answer(service, call.data.get("open_count", 0), call.now)
    if erasure.answers != known:
        erasures.save(erasure, events, call)
    if erasure.state == "cleared":
        for id in erasure.entries or [erasure.resident_id]:
            resident = residents.get(id)
            if resident.state != "erased":
                residents.save(resident, resident.erase(), call)
        erasures.save(erasure, erasure.finish(call.now), call)


def forget(stores, end_sessions, call) -> None:
    """Erase what identity holds of a person beside the entry; a repeat finds nothing more."""
    person = call.data["resident_id"]
    end_sessions(person, replace(call, key=""))
    for store in stores:
        store.forget(person)
