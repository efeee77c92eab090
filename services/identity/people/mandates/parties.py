"""What becomes of mandates when one of the two moves, dies, or goes on under another entry.

The village of the ward is in charge of a mandate, so all of them go where the ward goes. A death ends it (民法典 art. 173, 934), and so
does whatever else ends an entry. An entry that was merged is the same person's: what lives goes on under the one that is left; what is
over stays under the id that it had, which is that person's still.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.chassis.core.errors import Conflict, VersionConflict

if TYPE_CHECKING:
    from collections.abc import Callable

    from services.civic.calls import Call
    from services.identity.people.mandates.limits import MandateLimits
    from services.identity.people.mandates.model import Events, Mandate
    from services.identity.people.mandates.ports import Party, Residents
    from services.identity.people.mandates.store import MandateStore

    Decision = Callable[[Mandate], Events]


def follow_ward(mandates: MandateStore, residents: Residents, ward_id: str) -> None:
    """Let the mandates that somebody gave go where that person is; who goes on meanwhile, also to another edition, is looked at anew."""
    followed, there = None, _place_of(residents.get(ward_id))
    while followed != there:
        mandates.follow_ward(ward_id, *there)
        followed, there = there, _place_of(residents.get(ward_id))


def end_all_of(mandates: MandateStore, person: str, call: Call) -> None:
    """End the mandates that live of a ward or helper whose entry has ended; a repeat goes on with those that are left."""
    while ids := mandates.living_of(person):
        for id in ids:
            _change(mandates, id, lambda one: one.end_with(person, call.now), call)


def carry_over(
    mandates: MandateStore, residents: Residents, limits: MandateLimits, person: str, call: Call
) -> None:
    """Let the mandates that live of a merged entry go on under the one that is left; a repeat goes on with those that are left.

    It ends where that one has ended, is the other party, has such a mandate already, or has no place for another ward.
    """
    left = _who_is_left(residents, residents.get(person))
    while ids := mandates.living_of(person):
        for id in ids:
            if left is None:
                _change(mandates, id, lambda one: one.end_with(person, call.now), call)
            else:
                _go_on(mandates, id, person, left, limits, call)


def _go_on(
    mandates: MandateStore, id: str, person: str, left: Party, limits: MandateLimits, call: Call
) -> None:
    place, taken = _place_of(left), mandates.places_taken(left.id)
    try:
        _change(
            mandates, id, lambda one: one.carry_over(person, left.id, place, taken, limits, call.now), call
        )
    except VersionConflict:
        raise
    except Conflict:  # the two have one already
        _change(mandates, id, lambda one: one.end_with(person, call.now), call)


def _who_is_left(residents: Residents, one: Party) -> Party | None:
    """The entry under which a person goes on, however many were merged on the way; None where that has ended."""
    while one.merged_into:
        one = residents.get(one.merged_into)
    return one if one.is_living else None


def _place_of(one: Party) -> tuple[str, str]:
    return one.region, one.edition


def _change(mandates: MandateStore, id: str, decide: Decision, call: Call) -> None:
    mandate = mandates.get(id)
    mandates.save(mandate, decide(mandate), call.without_key())
