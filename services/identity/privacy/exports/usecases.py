"""What is done with copies: load -> decide -> save."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING

from services.chassis.core.errors import DomainError, NotFound
from services.identity.privacy.exports.model import Export, a_few_copies_a_day, china_day

if TYPE_CHECKING:
    from services.civic.calls import Call
    from services.identity.privacy.exports.ports import JustSignedIn, NoteOwnLook, Residents
    from services.identity.privacy.exports.store import ExportStore


def ask(
    exports: ExportStore,
    residents: Residents,
    just_signed_in: JustSignedIn,
    note: NoteOwnLook,
    kept: timedelta,
    call: Call,
) -> Export:
    """Ask for a copy; raises Forbidden without a new sign-in, TooMany past the day's few. `note(...)` keeps who asked."""
    with suppress(NotFound):
        exports.get(call.new_id("export"), call)
    just_signed_in(call)
    resident = residents.get(call.actor.id)
    day = china_day(call.now)
    export = Export(
        id=call.new_id("export"),
        region=resident.region,
        resident_id=resident.id,
        entries=[resident.id, *residents.merged_into(resident.id)],
        asked_at=call.now,
        expires_at=call.now + kept,
        day=day,
        slot=a_few_copies_a_day(exports.taken(resident.id, day), call.now),
    )
    note(resident, f"asked {export.id}", "本人申请了个人信息副本", call)
    exports.add(export, export.ask(), call)
    return export


def open_copy(
    exports: ExportStore, residents: Residents, just_signed_in: JustSignedIn, note: NoteOwnLook, call: Call
) -> Export:
    """A request whose copy is about to be shown, once that is noted; raises NotFound for another's.

    Only after a new sign-in: the copy holds everything, and phones are lent and lost.
    """
    export = exports.get(call.data["export_id"], scope={"resident_id": call.actor.id})
    just_signed_in(call)
    opened = f"opened {export.id} {call.actor.session}"
    note(residents.get(export.resident_id), opened, "本人打开或下载了个人信息副本", call)
    return export


def take_answer(exports: ExportStore, service: str, call: Call) -> None:
    """A service has gathered its part; a repeat, or one after the copy's time, changes nothing."""
    with suppress(NotFound):
        export = exports.get(call.data["export_id"])
        if service not in export.gathered:
            exports.save(export, export.take_answer(service, call.now), call.without_key())


def ask_again(exports: ExportStore, call: Call, most: int = 200) -> int:
    """Ask those who have not answered in time; gives for how many copies. Two sweeps at once are safe."""
    asked = 0
    for id in exports.due(call.now, most):
        with suppress(DomainError):  # answered meanwhile
            export = exports.get(id)
            events = export.ask_again(call.now)
            if events:
                exports.save(export, events, call)
                asked += 1
    return asked
