"""What is done with comparisons: one is asked for and settled, at once or when the provider has answered."""

from __future__ import annotations

import logging
from contextlib import suppress
from typing import TYPE_CHECKING

from services.chassis.core.errors import NotFound, Rejected, Unavailable, VersionConflict
from services.identity.people.matches.model import Found, Match, NoAnswer
from services.identity.people.papers import ID_CARD, the_paper_is_valid

if TYPE_CHECKING:
    from collections.abc import Callable

    from services.civic.calls import Call
    from services.identity.people.matches.ports import IdentityHash, NotifyOfMatch, Residents
    from services.identity.people.matches.provider import RegisterProvider
    from services.identity.people.matches.store import MatchStore
    from services.identity.people.residents.model import Resident
    from services.identity.wiring.local_register import LocalRegister

log = logging.getLogger("services.identity.people.matches")

NOTHING = Found(False, "register")


def ask(
    matches: MatchStore,
    residents: Residents,
    register: LocalRegister,
    provider: RegisterProvider,
    identity_hash: IdentityHash,
    scope: dict,
    call: Call,
) -> Match:
    """Compare a resident with the register; raises TooMany, NotFound outside the scope, Rejected where not certified.

    The county's own register is asked first. Whom it does not confirm, a copy being older than what it was copied from, the
    provider is asked about, by the clock and not in this call: of tries at once one asks, and the others meet it waiting.

    The try is counted by the same write that says what was found: of tries at once each but one is run again, and counted. The
    resident is raised before it: whoever is interrupted between the two asks again, and nothing happens twice.
    """
    resident = residents.get(call.data["resident_id"], scope=scope)
    match = _of(matches, resident, call)
    resident.may_be_raised()
    subject = provider.subject_of(resident)
    if (match.state == "matched" and resident.matched) or match.is_under_way(subject):
        return match
    if not (register.is_there(resident.region) or provider.is_on):
        raise Unavailable("match.no_register", "本县还没有导入户籍登记，请带证件到便民服务窗口办理。")
    match.ask(call.actor.id, resident.region, resident.edition, call.now)
    number = _own_number(resident, call, identity_hash)
    found = (register.find(resident) if number else None) or NOTHING
    if number and provider.is_on and not found.same:
        match.wait(provider.fingerprint(number, resident.name), subject, call.now)
    else:
        _settle(residents, resident, match, found, call)
    (matches.save if match.version else matches.add)(match, [], call)
    _note(match)
    return match


def ask_what_is_due(
    matches: MatchStore,
    residents: Residents,
    provider: RegisterProvider,
    tell: NotifyOfMatch,
    new_call: Callable[[], Call],
    most: int = 5,
) -> int:
    """Ask the provider what is due; gives how often it was. Two clocks at once ask once: the one that writes first has it in hand.

    `new_call()` makes the call of one turn, `tell` writes to the resident what became of it. No write waits for
    the provider.
    """
    turns = 0
    for id in matches.due(new_call().now, most):
        with suppress(VersionConflict, NotFound):
            match, call = matches.get(id), new_call()
            if match.next_at is None or match.next_at > call.now:
                continue
            match.begin(call.now)
            matches.save(match, [], call)
            _turn(residents, provider, tell, match, call)
            matches.save(match, [], call)
            _note(match)
            turns += 1
    return turns


def raise_resident(residents: Residents, resident: Resident, source: str, call: Call) -> None:
    """Raise a resident's level; the key stays with the comparison."""
    events = resident.match(source, call.now)
    if events:
        residents.save(resident, events, call.without_key())


def _turn(
    residents: Residents, provider: RegisterProvider, tell: NotifyOfMatch, match: Match, call: Call
) -> None:
    """Ask about one resident, if there still is what was to be asked."""
    resident = residents.get(match.id)
    match.region, match.edition = resident.region, resident.edition
    certified = resident.state == "certified"
    if not certified or not match.concerns(provider.subject_of(resident)):
        match.give_up(call.now)
    else:
        _ask_provider(residents, resident, provider, match, call)
    if certified:
        tell(resident, match, call)


def _ask_provider(
    residents: Residents, resident: Resident, provider: RegisterProvider, match: Match, call: Call
) -> None:
    try:
        known = resident.matched is not None or provider.knows(match.fingerprint)
    except NoAnswer as silence:
        match.no_answer(call.now)
        fields = {"resident_id": match.id, "failure": silence.kind, "silences": match.silences}
        log.warning("the register's provider gave no answer", extra=fields)
    else:
        _settle(residents, resident, match, Found(known, "provider"), call)


def _settle(residents: Residents, resident: Resident, match: Match, found: Found, call: Call) -> None:
    if found.same:
        raise_resident(residents, resident, found.source, call)
    match.settle(found, call.now)


def _of(matches: MatchStore, resident: Resident, call: Call) -> Match:
    try:
        return matches.get(resident.id, call)
    except NotFound:
        return Match(resident.id, resident.region, call.actor.id, call.now)


def _own_number(resident: Resident, call: Call, identity_hash: IdentityHash) -> str | None:
    """The number that was entered, None where it is not this resident's."""
    try:
        paper = the_paper_is_valid(ID_CARD, call.data["id_number"], None, call.now.date())
    except Rejected:
        return None
    known = {identity_hash(key) for key in (paper.key, paper.key_of_its_kind)}
    return paper.number if resident.own_number_hash in known else None


def _note(match: Match) -> None:
    if match.state == "unmatched":
        fields = {"resident_id": match.id, "by": match.asked_by, "tries": len(match.asks)}
        log.warning("a comparison with the register found nothing", extra=fields)
