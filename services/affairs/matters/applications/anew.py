"""What a review has set aside is handled again: another application is opened for the applicant, with everything that was handed in carried over."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from services.affairs.matters.applications.model import Application
from services.affairs.matters.applications.on_the_clock import NOTICE_DAYS
from services.chassis.core.errors import AlreadyAnswered, Conflict, NotFound, Rejected
from services.civic.second_look import undone_where_refused

if TYPE_CHECKING:
    from datetime import datetime

    from services.affairs.matters.applications.ports import Calendars, WorkingDays
    from services.affairs.matters.applications.store import ApplicationStore
    from services.civic.calls import Call
    from services.civic.ports import MustNotLeave

CARRIED = (
    *("region", "edition", "applicant_id", "applicant_name", "applicant_phone", "visitor_id"),
    *("matter_id", "matter_name", "matter_kind", "matter_number", "office", "required", "verifiable"),
    *("promise_days", "days_unit", "governs", "statutory_days", "terms", "materials", "answers", "filled"),
    "files_kept_years",
)
"""What the second handling takes over: who applied for what with which papers, and the law that held then."""


def open_anew(
    applications: ApplicationStore, calendars: Calendars, must_not_leave: MustNotLeave, call: Call
) -> None:
    """Open another application for what a review has set aside; heard again it changes nothing.

    Where the applicant has applied anew meanwhile, that application is the second handling: nobody has two open ones for one matter. For who is
    being erased none is opened.
    """
    with suppress(NotFound, Rejected, AlreadyAnswered):
        old = applications.get(call.data["application_id"])
        if old.erased or applications.is_handled_again(old.id):
            return
        must_not_leave(old.applicant_id)
        try:
            _add(applications, old, calendars.of(old.region), must_not_leave, call)
        except Conflict:
            _name_the_open_one(applications, old, call)


def opened_from(old: Application, id: str, days: WorkingDays, now: datetime) -> Application:
    """Give the second application: it begins as every one does, and the office's days run from now."""
    return Application(
        id=id,
        **{name: getattr(old, name) for name in CARRIED},
        files=carried_files(old, now),
        submitted_at=now,
        notice_by=days.after(now, NOTICE_DAYS).at,
        calendar=days.number,
    )


def carried_files(old: Application, now: datetime) -> list[dict[str, Any]]:
    """Its files, which both name; what a clerk had verified stays so, and says where."""
    verified = {file: one for one in old.verified for file in one["files"]}
    return [
        {
            **one,
            "round": 0,
            "added_at": now,
            "looks": [],
            "carried": True,
            **_verified_in(old, verified.get(one["id"])),
        }
        for one in old.files
        if one.get("state") != "infected"
    ]


def _verified_in(old: Application, verified: dict | None) -> dict[str, Any]:
    if verified is None:
        return {}
    whence = {
        "paper_id": old.id,
        "application_id": old.id,
        "matter_name": old.matter_name,
        "office": old.office,
    }
    return {"reused": {**whence, "verified_at": verified["at"], "valid_until": verified["valid_until"]}}


def _add(
    applications: ApplicationStore,
    old: Application,
    days: WorkingDays,
    must_not_leave: MustNotLeave,
    call: Call,
) -> None:
    new = opened_from(old, call.new_id("application"), days, call.now)
    applications.add(new, [*new.submit_again(), *new.handle_again(old.id)], call)
    with undone_where_refused(applications, new, lambda: new.erase(old.applicant_id, call.now), call):
        must_not_leave(old.applicant_id)


def _name_the_open_one(applications: ApplicationStore, old: Application, call: Call) -> None:
    found = applications.open_one(old.applicant_id, old.matter_id)
    if found and found.reviewed_from != old.id:
        applications.save(found, found.handle_again(old.id), call)
