"""What is done with an import: begun, filled piece by piece, checked by the clock, applied by who sent it, written by the clock."""

from __future__ import annotations

import base64
import binascii
import hashlib
import time
from collections import Counter
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

from services.affairs.matters.catalogue.bulk import batch
from services.affairs.matters.catalogue.bulk.batch import LAPSES, MatterImport
from services.affairs.matters.catalogue.bulk.gathering import GatheredFile, MatterRows, gathered
from services.affairs.matters.catalogue.bulk.judging import (
    DRAFTED,
    REFUSED,
    Importer,
    Verdict,
    came_first,
    judged,
)
from services.affairs.matters.catalogue.bulk.reading import rows_in
from services.chassis.core.errors import (
    Conflict,
    DomainError,
    Invalid,
    NotFound,
    Rejected,
    Unavailable,
    VersionConflict,
)
from services.civic.files import model as files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from services.affairs.matters.catalogue.bulk.stores import ImportLines, MatterImportStore, SheetPieces
    from services.affairs.matters.catalogue.model import Matter
    from services.affairs.matters.catalogue.store import MatterStore
    from services.civic.calls import Call

AT_ONCE = 50
TRIES = 2


@dataclass(frozen=True)
class Sheets:
    """Where imports, their reports and their pieces are kept, and the matters that they speak of."""

    imports: MatterImportStore
    lines: ImportLines
    pieces: SheetPieces
    matters: MatterStore

    def sent_by(self, id: str, official: str, call: Call | None = None) -> MatterImport:
        """Give an import to who sends it; raises NotFound to everybody else."""
        return self.imports.get(id, call, {"by": official})

    def seen_in(self, id: str, scope: dict, call: Call) -> MatterImport:
        """Give an import as its reader saw it; raises NotFound out of scope, Conflict where it has become another one."""
        return self.imports.get_to_edit(id, call, scope)

    def add(self, one: MatterImport, call: Call) -> None:
        """Write down a new one."""
        self.imports.add(one, [], call)

    def save(self, one: MatterImport, call: Call) -> None:
        """Write down what became of one; raises VersionConflict where somebody was faster."""
        self.imports.save(one, [], call)


def begin(sheets: Sheets, region: str, call: Call) -> MatterImport:
    """Begin to receive a file, or go on with the one begun under this key; raises TooMany where too many wait."""
    id = call.new_id("matter import")
    with suppress(NotFound):
        return sheets.sent_by(id, call.actor.id)
    batch.only_so_many_wait(sheets.imports.waiting_of(call.actor.id, batch.MOST_WAITING))
    one = MatterImport(id, region, call.actor.id, call.now, call.now + LAPSES)
    try:
        sheets.add(one, call.without_key())
    except Conflict:  # the same was begun at the same moment
        return sheets.sent_by(id, call.actor.id)
    return one


def received(sheets: Sheets, one: MatterImport) -> int:
    """Give the number of the next piece that is wanted; of what was received none is."""
    if one.state != batch.RECEIVING:
        return files.MOST_PIECES
    return files.next_missing(sheets.pieces.numbers(one.id))


def put(sheets: Sheets, call: Call) -> dict:
    """Take a piece; raises NotFound for another's import, Conflict where it was received already."""
    asked = call.data
    one = sheets.sent_by(asked["file_id"], call.actor.id)
    batch.only_what_is_being_received_is_taken(one.state)
    piece = _bytes(asked["body"])
    files.a_piece_lies_within_a_file(asked["number"], len(piece))
    batch.a_file_is_small_enough(asked["number"] * files.PIECE_BYTES + len(piece))
    sheets.pieces.put(one.id, asked["number"], piece, one.forget_at)
    return {"file_id": one.id, "number": asked["number"]}


def add(sheets: Sheets, call: Call) -> MatterImport:
    """Take a file of which all pieces are there: it is checked as soon as the clock comes by. Raises Rejected where it is another one."""
    asked = call.data
    one = sheets.sent_by(asked["file_id"], call.actor.id, call)
    batch.only_what_is_being_received_is_taken(one.state)
    digest, size = hashlib.sha256(), 0
    for piece in sheets.pieces.of(one.id):
        digest.update(piece)
        size += len(piece)
    files.a_file_is_whole(sheets.pieces.numbers(one.id), size, asked["size"])
    files.a_file_is_what_was_announced(size, digest.hexdigest(), asked["size"], asked["sha256"])
    one.take(size, call.now)
    sheets.save(one, call)
    return one


def apply(sheets: Sheets, scope: dict, call: Call) -> MatterImport:
    """Let what was checked become drafts, as soon as the clock comes by; raises as `MatterImport.apply`, NotFound out of scope."""
    asked = call.data
    one = sheets.seen_in(asked["import_id"], scope, call)
    one.apply(call.actor.id, asked["hand_in"], asked["note"], call.now)
    sheets.save(one, call)
    return one


def sweep(sheets: Sheets, new_call: Callable[[], Call], most: int = 2) -> int:
    """Check or write what is due; gives how many. Of two clocks at once one does it, the other is too late."""
    done = 0
    for id in sheets.imports.due(new_call().now, most):
        # who was too late leaves it to the other
        with suppress(DomainError):
            one = sheets.imports.get(id)
            one.begin(new_call().now)
            sheets.save(one, new_call())
            try:
                (_check if one.state == batch.CHECKING else _write)(sheets, one, new_call)
            except Unavailable:  # too many files are being read
                one.later(new_call().now)
            sheets.save(one, new_call())
            if one.due is None:
                sheets.pieces.forget(one.id)
                done += 1
    return done


def _check(sheets: Sheets, one: MatterImport, new_call: Callable[[], Call]) -> None:
    try:
        found = gathered(rows_in(sheets.pieces.of(one.id), one.by))
    except Rejected as wrong:
        one.could_not_be_read(wrong.message)
        return
    whose = Importer(one.by, new_call().now)
    lines = sorted(_report(sheets, one, found, whose), key=lambda line: line["place"])
    sheets.lines.put(one, lines)
    one.was_checked(found.lines, Counter(line["outcome"] for line in lines if line["counted"]))


def _report(sheets: Sheets, one: MatterImport, found: GatheredFile, whose: Importer) -> Iterator[dict]:
    """Give the lines of the report: one for each matter, and one for each cell that is to be mended."""
    for remark in found.remarks:
        yield {**asdict(remark), "matter_id": "", "name": "", "outcome": REFUSED, "counted": True}
    several = list(found.matters.values())
    for at in range(0, len(several), AT_ONCE):
        part = several[at : at + AT_ONCE]
        known = _known(sheets.matters, [rows.id for rows in part], one.region)
        for rows in part:
            time.sleep(0)  # a county's catalogue takes seconds, in which others are answered
            yield from _lines_of(rows, known.get(rows.id), whose)


def _lines_of(rows: MatterRows, matter: Matter | None, whose: Importer) -> Iterator[dict]:
    verdict = judged(rows, matter, whose)
    named = {"matter_id": rows.id, "name": matter.name if matter else rows.called}
    first = rows.own or rows.first
    yield {
        **{"place": first.place, "sheet": rows.sheet, "line": first.line, "column": ""},
        **named,
        **asdict(verdict),
        "seen": matter.version if matter else 0,
        "counted": True,
    }
    for remark in rows.remarks:
        yield {**asdict(remark), **named, "outcome": REFUSED, "counted": False}


def _known(matters: MatterStore, ids: list[str], region: str) -> dict[str, Matter]:
    """Give the matters of these ids that the region keeps; the others look as if there were none."""
    found = matters.documents.find({"_id": {"$in": ids}, "regions": region}, {"outbox": 0, "requests": 0})
    return {document["_id"]: matters.from_document(document) for document in found}


def _write(sheets: Sheets, one: MatterImport, new_call: Callable[[], Call]) -> None:
    for line in sheets.lines.to_draft(one.id):
        verdict = _drafted(sheets.matters, one, line, new_call)
        said = {"text": verdict.text, "by": verdict.by, "at": verdict.at}
        sheets.lines.becomes_of(line, verdict.outcome, said)
        time.sleep(0)
    one.was_applied(sheets.lines.counts(one.id), new_call().now)


def _drafted(matters: MatterStore, one: MatterImport, line: dict, new_call: Callable[[], Call]) -> Verdict:
    """Write one draft, if the matter is as it was seen; a process that died here had written it already."""
    for _ in range(TRIES):
        call = new_call()
        try:
            matter = matters.get(line["matter_id"], scope={"regions": one.region})
            if matter.draft and matter.draft.sheet == one.id:
                return Verdict(DRAFTED, _what_became(line, matter))
            if matter.version != line["seen"]:
                return came_first(matter)
            matter.write_draft(line["changes"], one.note, one.by, call.now)
            if matter.draft:
                matter.draft = replace(matter.draft, sheet=one.id)
            if one.hand_in:
                matter.hand_in()
            matters.save(matter, [], call)
            return Verdict(DRAFTED, _what_became(line, matter))
        except VersionConflict:
            continue
        except DomainError as refused:
            return Verdict(REFUSED, refused.message)
    return came_first(matter)


def _what_became(line: dict, matter: Matter) -> str:
    step = "已交审核" if matter.draft and matter.draft.state == "in_review" else "已存为草稿"
    return f"{step}。{line['text']}"


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise Invalid("matter_import.piece_unreadable", "这一段没有传完整，请再传一次。") from None
