"""What is done with mandates: load -> decide -> save."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from services.chassis.core.errors import AlreadyAnswered, DomainError, NotFound
from services.civic.second_look import undone_where_refused
from services.identity.people.ages import only_adults_give_mandates, only_adults_help
from services.identity.people.mandates import model, parties
from services.identity.people.mandates.model import OFFER_STANDS, Act, Mandate, months_after

if TYPE_CHECKING:
    from services.chassis.events.event import Envelope
    from services.civic.calls import Call
    from services.identity.people.mandates.limits import MandateLimits
    from services.identity.people.mandates.ports import Party, Residents
    from services.identity.people.mandates.store import ActStore, MandateStore

TERMS = ("helper_id", "kind", "matters", "orders", "votes")


def offer(mandates: MandateStore, residents: Residents, limits: MandateLimits, call: Call) -> Mandate:
    """A resident asks another one to act for them; raises Rejected by a rule, Conflict beside a living one of the two."""
    ward = residents.get(call.actor.id)
    mandate = new_mandate(ward, residents, call)
    mandates.add(mandate, mandate.offer(limits), call)
    look_again(mandates, residents, mandate, call)
    return mandate


def accept(mandates: MandateStore, residents: Residents, limits: MandateLimits, call: Call) -> Mandate:
    """The helper accepts; raises NotFound for another's, Rejected where there are too many wards."""
    mandate = mandates.get(call.data["mandate_id"], call, {"helper_id": call.actor.id})
    only_adults_help(_who_helps(residents, mandate.helper_id), call.now)
    taken = mandates.places_taken(mandate.helper_id)
    mandates.save(mandate, mandate.accept(taken, limits, call.now), call)
    return mandate


def refuse(mandates: MandateStore, call: Call) -> Mandate:
    """The helper does not want to; raises NotFound for another's."""
    mandate = mandates.get(call.data["mandate_id"], call, {"helper_id": call.actor.id})
    mandates.save(mandate, mandate.refuse(call.now), call)
    return mandate


def end(mandates: MandateStore, scope: dict, call: Call) -> Mandate:
    """The ward, the helper or the village ends it; raises NotFound for another's, Conflict where it is over."""
    mandate = mandates.get(call.data["mandate_id"], call, scope)
    entries = call.actor.entries
    by = "ward" if mandate.ward_id in entries else "helper" if mandate.helper_id in entries else "village"
    mandates.save(mandate, mandate.end(by, call.data["reason"], call.now), call)
    return mandate


def expire(mandates: MandateStore, call: Call) -> None:
    """End what the clock ends; what somebody changed meanwhile is left to the next sweep."""
    for id in mandates.over(call.now):
        with suppress(DomainError):
            mandate = mandates.get(id)
            events = mandate.expire(call.now)
            if events:
                mandates.save(mandate, events, call)


def note(acts: ActStore, event: Envelope, call: Call) -> None:
    """Write down what was done under a mandate, once however often the event arrives."""
    done = event.data
    if not done.get("mandate_id"):
        return
    act = Act(
        id=call.new_id("act"),
        region=event.region,
        edition=event.edition,
        mandate_id=done["mandate_id"],
        act=event.name,
        subject=event.subject,
        acted_by=done["acted_by"],
        at=event.time,
    )
    with suppress(AlreadyAnswered):
        acts.add(act, [], call)


def new_mandate(ward: Party, residents: Residents, call: Call) -> Mandate:
    """Make the mandate that is asked for; raises Rejected by a rule."""
    asked = call.data
    model.only_certified_residents_give_mandates(ward)
    model.nobody_is_their_own_helper(ward.id, asked["helper_id"])
    only_adults_give_mandates(ward, call.now)
    only_adults_help(_who_helps(residents, asked["helper_id"]), call.now)
    return Mandate(
        id=call.new_id("mandate"),
        region=ward.region,
        edition=ward.edition,
        ward_id=ward.id,
        offered_at=call.now,
        expires_at=months_after(call.now, asked["months"]),
        answer_by=call.now + OFFER_STANDS,
        **{name: asked[name] for name in TERMS},
    )


def look_again(mandates: MandateStore, residents: Residents, mandate: Mandate, call: Call) -> None:
    """Who moved or ended while it was written was told of by an event that may have been heard before it stood there."""
    ward = residents.get(mandate.ward_id)
    with undone_where_refused(mandates, mandate, lambda: mandate.end("ward", "", call.now), call):
        model.only_certified_residents_give_mandates(ward)
        _who_helps(residents, mandate.helper_id)
    if (ward.region, ward.edition) != (mandate.region, mandate.edition):
        parties.follow_ward(mandates, residents, ward.id)


def _who_helps(residents: Residents, id: str) -> Party:
    return model.only_certified_residents_help(find(residents, id))


def find(residents: Residents, id: str) -> Party | None:
    """Find somebody, None where nobody has this id."""
    try:
        return residents.get(id)
    except NotFound:
        return None
