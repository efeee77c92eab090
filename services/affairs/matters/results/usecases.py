"""What is done with results: issued for a decision, their delivery chosen, handed over, revoked."""

from __future__ import annotations

import secrets
from contextlib import suppress
from typing import TYPE_CHECKING

from services.affairs.matters.results.model import MADE_ANEW, Result
from services.affairs.matters.results.rules import only_what_was_granted_has_a_result
from services.affairs.matters.results.scopes import only_the_office_of_the_region, whose_it_is
from services.affairs.matters.results.wording import check_of, title_of
from services.chassis.core.clock import day_of
from services.chassis.core.errors import NotFound

if TYPE_CHECKING:
    from services.affairs.matters.results.ports import Cases, DecidedCase, Makes, Matters, Versions
    from services.affairs.matters.results.store import ResultStore
    from services.civic.calls import Call

TOKEN_BYTES = 32
"""256 bits of randomness in each QR code."""

COUNTY = 6


def take_number(
    results: ResultStore, cases: Cases, matters: Matters, versions: Versions, maker: Makes, call: Call
) -> Result:
    """The office issues the paper of what it granted: gives it with its number, to be made (`making.py`).

    Raises NotFound out of the clerk's scope, Conflict beside one that stands, Rejected for a character that cannot be printed. Under
    the same key gives the one that was left on the way.
    """
    result = _begun(results, call)
    if result is None:
        case = cases.get(call.data["application_id"], scope=only_the_office_of_the_region(call.actor))
        only_what_was_granted_has_a_result(case.state, case.outcome, case.erased)
        result = _of_case(results, case, _kind(matters, versions, case), call)
        maker.must_be_able(result, call.now)
        results.number(result, call)
    return result


def choose_delivery(results: ResultStore, call: Call) -> Result:
    """The applicant says how it shall come; raises NotFound for another's."""
    asked = call.data
    result = results.get(asked["result_id"], call, whose_it_is(call.actor))
    results.save(result, result.choose_delivery(asked["way"], asked["address"]), call)
    return result


def hand_over(results: ResultStore, call: Call) -> Result:
    """The office marks it as handed over; raises NotFound out of scope, Conflict where nobody waits for it."""
    asked = call.data
    result = results.get(asked["result_id"], call, only_the_office_of_the_region(call.actor))
    results.save(result, result.hand_over(call.actor.id, asked["note"], call.now), call)
    return result


def revoke(results: ResultStore, call: Call) -> Result:
    """The office revokes it and says why; raises NotFound out of scope, Conflict where it is revoked."""
    asked = call.data
    result = results.get(asked["result_id"], call, only_the_office_of_the_region(call.actor))
    results.save(result, result.revoke(call.actor.id, asked["reason"], call.now), call)
    return result


def _begun(results: ResultStore, call: Call) -> Result | None:
    """Give what this key has begun and not finished; raises AlreadyAnswered where it has."""
    with suppress(NotFound):
        return results.get(_id(call), call)
    return None


def _id(call: Call) -> str:
    return call.new_id(f"result of {call.data['application_id']}")


def _kind(matters: Matters, versions: Versions, case: DecidedCase) -> str:
    """What the version of the matter says of its result; a matter or version that is gone says nothing."""
    with suppress(NotFound):
        told = versions.find(matters.get(case.matter_id), case.matter_number)
        return title_of(told["content"].get("result") or "")
    return title_of("")


def _of_case(results: ResultStore, case: DecidedCase, kind: str, call: Call) -> Result:
    before = results.last_revoked(case.id)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    return Result(
        id=_id(call),
        region=case.region,
        edition=case.edition,
        applicant_id=case.applicant_id,
        application_id=case.id,
        matter_id=case.matter_id,
        matter_name=case.matter_name,
        matter_kind=case.matter_kind or "",
        office=case.office,
        kind=kind,
        holder_name=case.applicant_name,
        submitted_at=case.submitted_at,
        decided_at=case.closed_at or call.now,
        series=case.region[:COUNTY],
        year=day_of(call.now).year,
        numbered_at=call.now,
        issued_by=call.actor.id,
        token=token,
        token_hash=results.token_hash(token),
        check_hash=results.check_hash(check_of(token)),
        due=call.now + MADE_ANEW,
        more=call.data["text"],
        replaces=before.number if before else "",
        replaces_id=before.id if before else "",
    )
