"""Whose a phone is once a code that came to it has come back: which entry the code opens, and the proof that moves the phone to it."""

from __future__ import annotations

import random
import time
from typing import TYPE_CHECKING

from services.chassis.core.errors import VersionConflict
from services.identity.people.residents.endings import only_a_living_entry_is_ended
from services.identity.people.residents.numbers import ending_is

if TYPE_CHECKING:
    from collections.abc import Callable

    from services.civic.calls import Call
    from services.identity.people.residents.model import Resident
    from services.identity.people.residents.ports import IdentityHash, JustSignedIn, ProvePhone
    from services.identity.people.residents.store import ResidentStore

TRIES, PAUSE = 20, 0.01
"""Runs of a proof that others are faster with, and the seconds that the loser of one waits at most, times its tries: the code is used up,
so that nobody can be told to come again.
"""


def who_is_opened(
    residents: ResidentStore, identity_hash: IdentityHash, phone: str, ending: str
) -> str | None:
    """The entry that a code sent to this phone opens, with the end of the number; None where there is none.

    Whom the phone is vouched for comes first. Among others with the same ending it may be another person's entry: then none is
    opened, and who signs in with the password proves the phone there.
    """
    matching = [one for one in residents.with_phone(phone) if ending_is(one, ending, identity_hash)]
    if any(one.phone_vouched for one in matching[:1]) or len({one.own_number_hash for one in matching}) == 1:
        return matching[0].id
    return None


def prove(residents: ResidentStore, id: str, phone: str, call: Call) -> Resident:
    """Give this resident the phone that a code has proved, and take it from who held it: in one transaction, one holds it after."""
    return _again_where_others_were_faster(
        lambda: _prove(residents, residents.get(id), phone, call.without_key())
    )


def set_phone(
    residents: ResidentStore, just_signed_in: JustSignedIn, prove_phone: ProvePhone, scope: dict, call: Call
) -> Resident:
    """A resident takes a phone by a code that came to it; raises Forbidden for a wrong code, or where the sign-in was long ago."""
    id = call.data["resident_id"]
    residents.get(id, call, scope)
    just_signed_in(call)
    phone = prove_phone(call)
    return _again_where_others_were_faster(
        lambda: _prove(residents, residents.get(id, call, scope), phone, call)
    )


def _prove(residents: ResidentStore, resident: Resident, phone: str, call: Call) -> Resident:
    only_a_living_entry_is_ended(resident)
    if resident.has_proved(phone) and not call.key:
        return resident
    with residents.at_once():
        holder = residents.find_by_phone(phone)
        if holder and holder.id != resident.id:
            residents.save(holder, holder.lose_phone(call.now), call.without_key())
        residents.save(resident, resident.prove_phone(phone, call.now), call)
    return resident


def _again_where_others_were_faster(work: Callable[[], Resident]) -> Resident:
    for tried in range(1, TRIES):
        try:
            return work()
        except VersionConflict:
            time.sleep(random.uniform(0, PAUSE * tried))
    return work()
