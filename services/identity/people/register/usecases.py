"""What is done with imports: opened, filled part by part, brought into use, dropped."""

from __future__ import annotations

import base64
import binascii
from contextlib import suppress
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from services.chassis.core.errors import Invalid, NotFound, VersionConflict
from services.identity.people.register.lines import Hashes, Refusal, read_part
from services.identity.people.register.model import (
    LARGEST_PART,
    UNUSED_KEPT,
    Import,
    Register,
    a_part_follows_the_one_before,
)

if TYPE_CHECKING:
    from services.civic.calls import Call
    from services.identity.people.register.ports import Villages
    from services.identity.people.register.store import Entries, ImportStore, RegisterRefusals, RegisterStore

LOOKED_AT_AGAIN = timedelta(days=1)


def open_import(imports: ImportStore, county: str, edition: str, call: Call) -> Import:
    """Begin the import of a file, or go on with the one that is under way with this file."""
    asked = call.data
    open_key = f"{county}|{asked['file_hash']}|{asked['size']}"
    found = imports.find_open(open_key)
    if found:
        return found
    # a file that was dropped is a new import even under an old key
    one = Import(
        id=call.new_id("register import"),
        region=county,
        opened_by=call.actor.id,
        opened_at=call.now,
        open_key=open_key,
        drop_after=call.now + UNUSED_KEPT,
        edition=edition,
        **asked,
    )
    imports.add(one, [], call)
    return one


def add_part(
    imports: ImportStore,
    entries: Entries,
    refusals: RegisterRefusals,
    villages: Villages,
    hashes: Hashes,
    scope: dict,
    call: Call,
) -> Import:
    """Take the next part; raises Conflict with what was received where it is another one, Rejected for a wrong file.

    Entries and refusals are written before the part counts: whoever writes them again writes the same.
    """
    one = imports.get(call.data["import_id"], call, scope)
    part = _bytes(call.data["body"])
    a_part_follows_the_one_before(one, call.data["offset"], part)
    reading = read_part(part, one, hashes, partial(villages.known, edition=one.edition), call.now.date())
    repeated = [Refusal(e.line, "repeated", e.masked) for e in entries.put(one.id, reading.entries)]
    refused = reading.refusals + repeated
    refusals.put(one, refused)
    one.take(part, reading, len(refused), call.now)
    imports.save(one, [], call)
    return one


def complete(imports: ImportStore, registers: RegisterStore, scope: dict, call: Call) -> Register:
    """Bring a whole import into use; the one before stays in use until this one write."""
    one = imports.get(call.data["import_id"], scope=scope)
    with suppress(NotFound):
        registers.get(one.region, call)
    one.complete(call.now)
    # saved first: the clock that would drop it at this moment loses, or this call does
    imports.save(one, [], call.without_key())
    try:
        register = registers.get(one.region)
    except NotFound:
        register = Register(one.region, one.region, one.id, call.now)
        registers.add(register, register.replaced(), call)
        return register
    if register.import_id != one.id:
        registers.save(register, register.use(one.id, call.now), call)
    return register


def drop_unused(
    imports: ImportStore,
    registers: RegisterStore,
    entries: Entries,
    refusals: RegisterRefusals,
    call: Call,
    most: int = 10,
) -> int:
    """Drop imports that nobody uses any more; gives how many. Two clocks at once delete the same."""
    dropped = 0
    for id in imports.to_drop(call.now, most):
        with suppress(VersionConflict, NotFound):
            one = imports.get(id)
            if registers.in_use(one.region) == one.id:
                one.drop_after = call.now + LOOKED_AT_AGAIN
                imports.save(one, [], call)
                continue
            one.drop(call.now)
            imports.save(one, [], call)
            entries.forget(one.id)
            refusals.forget(one.id)
            one.is_gone()
            imports.save(one, [], call)
            dropped += 1
    return dropped


def _bytes(body: str) -> bytes:
    try:
        part = base64.b64decode(body, validate=True)
    except (binascii.Error, ValueError):
        raise Invalid("register.part_unreadable", "上传的内容无法读取，请重新上传。") from None
    if not 0 < len(part) <= LARGEST_PART:
        raise Invalid("register.part_too_large", "每段最多 128 KiB，请分成更小的段上传。")
    return part
