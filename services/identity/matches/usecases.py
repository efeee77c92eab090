"""What is done with comparisons: one is asked for and settled."""

import logging

from services.chassis.errors import NotFound, Rejected, Unavailable
from services.identity.matches.model import Found, Match
from services.identity.residents.levels import only_the_certified_are_raised
from services.identity.residents.papers import the_id_number_is_valid

log = logging.getLogger("services.identity.matches")

NOTHING = Found(False, "register")


def ask(matches, residents, register, identity_hash, scope, call) -> Match:
    """Compare a resident with the register; raises TooMany, NotFound outside the scope, Rejected where not certified.

    The try is counted by the same write that says what was found: of tries at once each but one is run again, and counted. The
    resident is raised before it: whoever is interrupted between the two asks again, and nothing happens twice.
    """
    resident = residents.get(call.data["resident_id"], scope=scope)
    match = _of(matches, resident, call)
    only_the_certified_are_raised(resident)
    if match.state == "matched" and resident.matched:
        return match
    if not register.is_there(resident.region):
        raise Unavailable("match.no_register", "本县还没有导入户籍登记，请带证件到便民服务窗口办理。")
    match.ask(call.actor.id, resident.region, resident.edition, call.now)
    own = _is_the_own_number(resident, call, identity_hash)
    found = (register.find(resident) if own else None) or NOTHING
    if found.same:
        raise_resident(residents, resident, found.source, call)
    match.settle(found, call.now)
    (matches.save if match.version else matches.add)(match, [], call)
    _note(match)
    return match


def raise_resident(residents, resident, source: str, call) -> None:
    """Raise a resident's level; the key stays with the comparison."""
    events = resident.match(source, call.now)
    if events:
        residents.save(resident, events, call.without_key())


def _of(matches, resident, call) -> Match:
    try:
        return matches.get(resident.id, call)
    except NotFound:
        return Match(resident.id, resident.region, call.actor.id, call.now)


def _is_the_own_number(resident, call, identity_hash) -> bool:
    try:
        number = the_id_number_is_valid(call.data["id_number"], call.now.date())
    except Rejected:
        return False
    return identity_hash(number) == resident.id_number_hash


def _note(match: Match) -> None:
    if match.state != "matched":
        told = {"resident_id": match.id, "by": match.asked_by, "tries": len(match.asks)}
        log.warning("a comparison with the register found nothing", extra=told)
