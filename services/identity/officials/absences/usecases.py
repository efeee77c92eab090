"""What is done with absences: load -> decide -> save."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING

from services.chassis.core.clock import moment_of
from services.chassis.core.errors import DomainError
from services.identity.officials.absences.model import (
    Absence,
    an_absence_is_of_whole_days_from_today_on,
    nobody_stands_in_who_could_not_do_the_work,
    only_an_official_in_office_is_absent,
)

if TYPE_CHECKING:
    from services.civic.calls import Call
    from services.identity.officials.absences.ports import MayGrant, OfficialInOffice, Officials
    from services.identity.officials.absences.store import AbsenceStore


ONE_DAY = timedelta(days=1)


def record(
    absences: AbsenceStore, officials: Officials, may_grant: MayGrant, scope: dict, call: Call
) -> Absence:
    """Record an absence of one's own, or as a superior who could appoint to that role; gives the absence.

    Raises NotFound for an official outside the actor's scope, Rejected by a rule, Conflict where one of the two is away or
    stands in on one of these days already.
    """
    asked = call.data
    absent = _who_is_away(officials, may_grant, scope, call)
    found = officials.find_by_login(asked["stand_in"])
    only_an_official_in_office_is_absent(absent)
    stand_in = nobody_stands_in_who_could_not_do_the_work(absent, found)
    an_absence_is_of_whole_days_from_today_on(asked["first_day"], asked["last_day"], call.now)
    absence = Absence(
        id=call.new_id("leave"),
        region=absent.region,
        official_id=absent.id,
        stand_in_id=stand_in.id,
        role=absent.role,
        first_day=asked["first_day"].isoformat(),
        last_day=asked["last_day"].isoformat(),
        begins_at=moment_of(asked["first_day"]),
        ends_at=moment_of(asked["last_day"] + ONE_DAY),
        recorded_by=call.actor.id,
        recorded_at=call.now,
        edition=absent.edition,
    )
    absences.add(absence, absence.record(call.now), call)
    return absence


def end(absences: AbsenceStore, may_grant: MayGrant, scope: dict, call: Call) -> Absence:
    """The absent one, the stand-in or a superior ends it at once; raises NotFound for another's, Conflict where it is over."""
    absence = absences.get(call.data["leave_id"], call, scope)
    by = {absence.official_id: "absent", absence.stand_in_id: "stand_in"}.get(call.actor.id, "superior")
    if by == "superior":
        may_grant(call.actor.id, absence.role, absence.region)
    absences.save(absence, absence.end(by, call.now), call)
    return absence


def tick(absences: AbsenceStore, call: Call) -> None:
    """Begin and end what the clock begins and ends; what somebody changed meanwhile is left to the next sweep."""
    for id in absences.due(call.now):
        with suppress(DomainError):
            absence = absences.get(id)
            absences.save(absence, absence.tick(call.now), call)


def end_with_the_office(absences: AbsenceStore, official_id: str, call: Call) -> None:
    """End every absence of somebody who was dismissed, absent or standing in; a repeated event finds none."""
    for id in absences.living_of(official_id):
        absence = absences.get(id)
        if call.now < absence.ends_at:
            absences.save(absence, absence.end("dismissal", call.now), call.without_key())


def _who_is_away(officials: Officials, may_grant: MayGrant, scope: dict, call: Call) -> OfficialInOffice:
    id = call.data["official_id"]
    if id in (None, call.actor.id):
        return officials.get(call.actor.id)
    absent = officials.get(id, scope=scope)
    may_grant(call.actor.id, absent.role, absent.region)
    return absent
