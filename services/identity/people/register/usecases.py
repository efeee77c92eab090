"""What is done with imports: opened, filled part by part, brought into use, dropped."""

from __future__ import annotations

import base64
import binascii
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from services.chassis.core.errors import Invalid, NotFound, Rejected, VersionConflict
from services.identity.people.register.lines import Hashes, Reading, Refusal, read_part
from services.identity.people.register.model import (
    LARGEST_PART,
    READ_WITHIN,
    UNUSED_KEPT,
    Import,
    Register,
    a_part_follows_the_one_before,
    a_workbook_is_small_enough_to_be_read_whole,
    hash_of,
    only_the_file_that_was_named_is_used,
)
from services.identity.people.register.text import UTF_8, WORKBOOK, encoding_of_beginning
from services.identity.people.register.workbook import parts_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from services.civic.calls import Call
    from services.identity.people.register.ports import Villages
    from services.identity.people.register.store import (
        Entries,
        FilePieces,
        ImportStore,
        RegisterRefusals,
        RegisterStore,
    )

LOOKED_AT_AGAIN = timedelta(days=1)


@dataclass(frozen=True)
class Lines:
    """What the lines of a file are read with, and where they go."""

    entries: Entries
    refusals: RegisterRefusals
    villages: Villages
    hashes: Hashes

    def take(self, one: Import, part: bytes, call: Call, encoding: str | None) -> Reading:
        """Write and count the entries and refusals of a part; whoever writes them again writes the same."""
        known = partial(self.villages.known, edition=one.edition)
        reading = read_part(part, replace(one, encoding=encoding), self.hashes, known, call.now.date())
        written = self.entries.put(one.id, reading.entries)
        refused = reading.refusals + [Refusal(e.line, "repeated", e.masked) for e in written]
        self.refusals.put(one, refused)
        one.count(reading, len(refused))
        return reading


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


def add_part(imports: ImportStore, pieces: FilePieces, lines: Lines, scope: dict, call: Call) -> Import:
    """Take the next part; raises Conflict with what was received where it is another one, Rejected for a wrong file.

    What a part holds is written before it counts: a crash in between leaves what the same part writes again.
    """
    one = imports.get(call.data["import_id"], call, scope)
    part, offset = _bytes(call.data["body"]), call.data["offset"]
    encoding = one.encoding or (encoding_of_beginning(part) if offset == 0 else None)
    a_part_follows_the_one_before(one, offset, part, encoding)
    if encoding == WORKBOOK:
        a_workbook_is_small_enough_to_be_read_whole(one)
    else:
        encoding = lines.take(one, part, call, one.encoding).encoding
    pieces.put(one.id, offset, part)
    one.receive(part, encoding, call.now)
    imports.save(one, [], call)
    return one


def read_workbooks(
    imports: ImportStore, pieces: FilePieces, lines: Lines, new_call: Callable[[], Call], most: int = 1
) -> int:
    """Read workbooks that are whole; gives how many. Of two clocks at once one reads, the other is too late.

    A process that ends on the way leaves it to the next one, which begins anew after READ_WITHIN.
    """
    read = 0
    for id in imports.to_read(new_call().now, most):
        with suppress(VersionConflict, NotFound):
            one = imports.get(id)
            one.begin_to_read(new_call().now)
            imports.save(one, [], new_call())
            one.was_read(_problem_of_reading(one, imports, pieces, lines, new_call))
            imports.save(one, [], new_call())
            pieces.forget(one.id)
            read += 1
    return read


def _problem_of_reading(
    one: Import, imports: ImportStore, pieces: FilePieces, lines: Lines, new_call: Callable[[], Call]
) -> str | None:
    """Read a workbook to its end, each part counted when it is written; gives why it is none."""
    one.is_compared(hash_of(pieces.of(one.id)), new_call().now)
    if one.problem:
        return one.problem
    try:
        for part in parts_of(pieces.of(one.id)):
            call = new_call()
            lines.take(one, part, call, UTF_8)
            one.read_after = call.now + READ_WITHIN
            imports.save(one, [], call)
    except Rejected as wrong:
        return wrong.message
    return None


def _compare(imports: ImportStore, pieces: FilePieces, one: Import, call: Call) -> None:
    """Look once whether a text is the file that was named when it was begun; raises Rejected where it is not."""
    if one.can_be_compared:
        one.is_compared(hash_of(pieces.of(one.id)), call.now)
        imports.save(one, [], call.without_key())
        only_the_file_that_was_named_is_used(one)
    pieces.forget(one.id)


def complete(
    imports: ImportStore, registers: RegisterStore, pieces: FilePieces, scope: dict, call: Call
) -> Register:
    """Bring a whole import into use; the one before stays in use until this one write."""
    one = imports.get(call.data["import_id"], scope=scope)
    with suppress(NotFound):
        registers.get(one.region, call)
    one.can_be_used()
    _compare(imports, pieces, one, call)
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
    pieces: FilePieces,
    call: Call,
    most: int = 10,
) -> int:
    """Drop imports that nobody uses any more; gives how many. Two clocks at once delete the same."""
    dropped = 0
    for id in imports.to_drop(call.now, most):
        with suppress(VersionConflict, NotFound):
            one = imports.get(id)
            if registers.in_use(one.region) == one.id:
                pieces.forget(one.id)  # a crash may have left them
                one.drop_after = call.now + LOOKED_AT_AGAIN
                imports.save(one, [], call)
                continue
            one.drop(call.now)
            imports.save(one, [], call)
            entries.forget(one.id)
            refusals.forget(one.id)
            pieces.forget(one.id)
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
