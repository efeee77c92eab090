"""An import of a household register, and which one is in use. The figures are the platform's own; no regulation sets them."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from services.chassis.core.errors import Conflict, Rejected
from services.identity.people.register.lines import Reading
from services.identity.people.register.text import WORKBOOK, ends_at_a_line_break

LARGEST_FILE = 200_000_000
"""Bytes: four times what a county of 700,000 people needs."""

LARGEST_PART = 128 * 1024
"""Bytes: some 2,000 lines, which are read in about a tenth of a second."""

LARGEST_WORKBOOK = 64_000_000
"""Bytes of an XLSX file, which is read when it is whole: half as much again as 700,000 people with a dozen columns need."""

READ_WITHIN = timedelta(minutes=10)
"""After so long without a part that was read, another process reads a workbook anew. The first part comes when all texts are unpacked,
which on a busy machine takes minutes: two processes that gave up on each other would never end."""

UNUSED_KEPT = timedelta(days=7)
"""How long an import that nobody goes on with, or that was replaced, is kept."""

ANOTHER_FILE = "上传的内容与登记的 SHA-256 不一致，可能上传途中文件被改动过，请从头上传同一个文件。"

STATES = ("receiving", "completed", "dropped")


def hash_of(pieces: Iterable[bytes]) -> str:
    """Give the SHA-256 of a file in pieces."""
    digest = hashlib.sha256()
    for piece in pieces:
        digest.update(piece)
    return digest.hexdigest()


@dataclass
class Import:
    """One file on its way in; `columns` are the places of ID number, name and village in a line.

    A workbook arrives in pieces that wait until it is whole; then it is due to be read at `read_after`, by one process at a time, and
    `problem` tells why it could not be. The pieces of a text, `kept` bytes of it, wait until it is `compared` with its hash. Its codes of villages are read in `edition`. `open_key` makes the same file meet the same import; `drop_after` is when the clock looks whether it is still of use.
    """

    id: str
    region: str
    file_hash: str
    size: int
    opened_by: str
    opened_at: datetime
    open_key: str | None
    drop_after: datetime | None
    received: int = 0
    encoding: str | None = None
    separator: str = ","
    columns: list[int] | None = None
    lines: int = 0
    taken: int = 0
    refused: int = 0
    read_after: datetime | None = None
    problem: str | None = None
    kept: int = 0
    compared: bool = False
    completed_at: datetime | None = None
    dropped_at: datetime | None = None
    edition: str = ""
    version: int = 0

    @property
    def state(self) -> str:
        """Whether parts are missing, it is whole, or its entries are gone."""
        if self.dropped_at:
            return "dropped"
        return "completed" if self.completed_at else "receiving"

    @property
    def reading(self) -> bool:
        """Whether a whole workbook is still being read."""
        return self.read_after is not None

    def receive(self, part: bytes, encoding: str, now: datetime) -> None:
        """Count a part that was taken in; a workbook is due to be read with its last one."""
        self.received, self.encoding, self.drop_after = self.received + len(part), encoding, now + UNUSED_KEPT
        self.kept += len(part)
        if encoding == WORKBOOK and self.received == self.size:
            self.read_after = now

    def begin_to_read(self, now: datetime) -> None:
        """Read the workbook from its beginning: what a process had read that ended on the way is read and written once more."""
        self.lines = self.taken = self.refused = 0
        self.columns, self.read_after = None, now + READ_WITHIN

    def was_read(self, problem: str | None = None) -> None:
        """The workbook was read to its end, or cannot be."""
        self.read_after, self.problem = None, problem

    def count(self, reading: Reading, refused: int) -> None:
        """Count lines whose entries and refusals are written."""
        self.separator, self.columns = reading.separator, reading.columns
        self.lines += reading.lines
        self.refused += refused
        self.taken += len(reading.entries) + len(reading.refusals) - refused

    def can_be_used(self) -> None:
        """The file is whole and the one that was named; raises Rejected or Conflict where it is not."""
        only_the_file_that_was_named_is_used(self)
        an_import_that_was_dropped_is_begun_anew(self)
        only_a_whole_file_is_used(self)
        only_a_file_that_was_read_is_used(self)

    def complete(self, now: datetime) -> None:
        """Bring it into use; raises Rejected where it cannot be, or is not worth using."""
        self.can_be_used()
        a_file_with_more_wrong_than_right_lines_is_not_used(self)
        self.completed_at, self.drop_after = self.completed_at or now, now + UNUSED_KEPT

    def drop(self, now: datetime) -> None:
        """Nobody uses it: its entries go, and the same file is a new import."""
        self.dropped_at, self.open_key = self.dropped_at or now, None

    def is_compared(self, found_hash: str, now: datetime) -> None:
        """Of another file than the one that was named nothing is used, and the one that was is a new import."""
        self.compared = True
        if found_hash != self.file_hash:
            self.drop(now)
            self.problem, self.drop_after = ANOTHER_FILE, now

    @property
    def can_be_compared(self) -> bool:
        """Whether all of it was kept: of what a process of 0.1.0 took in, nothing was."""
        return not self.compared and self.kept == self.size

    def is_gone(self) -> None:
        """Its entries are gone; the clock has nothing more to do."""
        self.drop_after = None


@dataclass
class Register:
    """A county's register: the import that is in use. One write replaces it, so that readers see the old one or the new one."""

    id: str
    region: str
    import_id: str
    since: datetime
    version: int = 0

    def use(self, import_id: str, now: datetime) -> list[tuple[str, dict]]:
        """Use another import from now on."""
        self.import_id, self.since = import_id, now
        return self.replaced()

    def replaced(self) -> list[tuple[str, dict]]:
        """There is a new version."""
        return [("register.replaced", {"import_id": self.import_id})]


def a_part_follows_the_one_before(one: Import, offset: int, part: bytes, encoding: str | None = None) -> None:
    """Parts come in the file's order; a client that does not know where it was asks or is told.

    They end at a line break, but for those of a workbook.
    """
    an_import_that_was_dropped_is_begun_anew(one)
    if offset != one.received or one.completed_at:
        raise Conflict(
            "register.part_out_of_order", "请从已接收的位置继续上传。", received=one.received, size=one.size
        )
    end = offset + len(part)
    if end > one.size:
        raise Rejected("register.part_too_long", "上传的内容超过了文件的大小，请核对文件后重新开始。")
    if end < one.size and encoding != WORKBOOK and not ends_at_a_line_break(part, encoding):
        raise Rejected("register.part_cut", "请在换行处分段上传，不要把一行拆开。")


def an_import_that_was_dropped_is_begun_anew(one: Import) -> None:
    """After a week without use nothing of it is left."""
    if one.dropped_at:
        raise Conflict("register.dropped", "这次导入已经过期清理，请重新开始导入。")


def only_a_whole_file_is_used(one: Import) -> None:
    """Half a register would refuse half of the county."""
    if one.received != one.size:
        raise Rejected(
            "register.not_whole",
            "文件还没有传完，请从已接收的位置继续上传。",
            received=one.received,
            size=one.size,
        )


def a_workbook_is_small_enough_to_be_read_whole(one: Import) -> None:
    """It lies in memory while it is read."""
    if one.size > LARGEST_WORKBOOK:
        raise Rejected(
            "register.workbook_too_large",
            "Excel 表格太大，请控制在 64 MB 以内，或另存为 CSV UTF-8 再导入。",
            most=LARGEST_WORKBOOK,
        )


def only_a_file_that_was_read_is_used(one: Import) -> None:
    """A workbook is read after its last piece, and may turn out to be none."""
    if one.problem:
        raise Rejected("register.workbook_not_used", f"这个文件不能启用：{one.problem}")
    if one.reading:
        raise Rejected("register.not_read", "表格正在读取，请过一会儿再启用。", lines=one.lines)


def only_the_file_that_was_named_is_used(one: Import) -> None:
    """A file that is saved anew between two parts would become a register of two halves."""
    if one.problem == ANOTHER_FILE:
        raise Rejected("register.another_file", ANOTHER_FILE)


def a_file_with_more_wrong_than_right_lines_is_not_used(one: Import) -> None:
    """It is the wrong file, or was exported wrongly: the register in use stays."""
    if one.refused > one.taken or not one.taken:
        raise Rejected(
            "register.mostly_wrong",
            "文件里没有正确的行，或有误的行多于正确的行，请按清单更正后重新导入。",
            refused=one.refused,
            taken=one.taken,
        )
