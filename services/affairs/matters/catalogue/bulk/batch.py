"""One import of a spreadsheet on its way, and the rules of it. The figures are the platform's own; no regulation sets them.

receiving -> checking -> checked -> applying -> applied
             checking -> unreadable
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from services.affairs.matters.catalogue.bulk.judging import DRAFTED, REFUSED, UNCHANGED, WOULD_DRAFT
from services.chassis.core.errors import Conflict, Forbidden, Rejected, TooMany

RECEIVING, CHECKING, CHECKED = "receiving", "checking", "checked"
APPLYING, APPLIED, UNREADABLE = "applying", "applied", "unreadable"
STATES = (RECEIVING, CHECKING, CHECKED, APPLYING, APPLIED, UNREADABLE)

MOST_BYTES = 5_000_000
"""Of one file: a county's 1,150 matters with all their lists have half a megabyte as a workbook, one as text."""

KEPT = timedelta(days=30)
"""How long an import and its report are kept."""

DONE_WITHIN = timedelta(minutes=5)
"""After so long without a word from the process that reads or writes, another one takes over."""

SOON = timedelta(seconds=5)

LAPSES = timedelta(hours=48)
"""After so long a file that was begun and never came whole is forgotten."""

MOST_WAITING = 20
"""Files of one official that are being received or checked: who breaks off again and again fills no disk."""


@dataclass
class MatterImport:
    """One import: `by` is the official who sent the file, `due` when the clock has to do something about it.

    `lines` counts rows, the others matters; `refused` also what no matter could be named for. With `hand_in` drafts go to review at once.
    """

    id: str
    region: str
    by: str
    begun_at: datetime
    forget_at: datetime
    state: str = RECEIVING
    due: datetime | None = None
    size: int = 0
    lines: int = 0
    matters: int = 0
    would_draft: int = 0
    drafted: int = 0
    unchanged: int = 0
    refused: int = 0
    problem: str | None = None
    hand_in: bool = False
    note: str = ""
    applied_at: datetime | None = None
    version: int = 0

    def take(self, size: int, now: datetime) -> None:
        """All pieces are there: it is read and checked as soon as the clock comes by."""
        only_what_is_being_received_is_taken(self.state)
        a_file_is_small_enough(size)
        self.size, self.state, self.due = size, CHECKING, now
        self.forget_at = now + KEPT

    def begin(self, now: datetime) -> None:
        """A process takes it on; another one would begin anew after DONE_WITHIN."""
        self.due = now + DONE_WITHIN

    def later(self, now: datetime) -> None:
        """There was no place to read it: soon once more."""
        self.due = now + SOON

    def was_checked(self, lines: int, counts: Mapping[str, int]) -> None:
        """It was read to its end; nothing of the catalogue is another one yet."""
        self.lines, self.state, self.due = lines, CHECKED, None
        self._count(counts)

    def could_not_be_read(self, problem: str) -> None:
        """It is no spreadsheet, or too large."""
        self.problem, self.state, self.due = problem, UNREADABLE, None

    def apply(self, by: str, hand_in: bool, note: str, now: datetime) -> None:
        """Let what was checked become drafts; raises Forbidden for another's file, Conflict or Rejected where there is nothing to do."""
        only_who_sent_the_file_applies_it(self.by, by)
        only_a_checked_file_is_applied(self.state)
        there_is_something_to_draft(self.would_draft)
        self.state, self.due, self.hand_in, self.note = APPLYING, now, hand_in, note

    def was_applied(self, counts: Mapping[str, int], now: datetime) -> None:
        """Every line has become a draft, or was refused because somebody was faster."""
        self.state, self.due, self.applied_at = APPLIED, None, now
        self._count(counts)

    def _count(self, counts: Mapping[str, int]) -> None:
        self.would_draft, self.drafted = counts.get(WOULD_DRAFT, 0), counts.get(DRAFTED, 0)
        self.unchanged, self.refused = counts.get(UNCHANGED, 0), counts.get(REFUSED, 0)
        self.matters = self.would_draft + self.drafted + self.unchanged + self.refused


def only_what_is_being_received_is_taken(state: str) -> None:
    """A file is read once."""
    if state != RECEIVING:
        raise Conflict("matter_import.received_already", "这个文件已经收到，请看检查结果。", state=state)


def a_file_is_small_enough(size: int) -> None:
    """It lies in memory while it is read."""
    if size > MOST_BYTES:
        raise Rejected(
            "matter_import.too_large",
            f"文件最大 {MOST_BYTES // 1_000_000} MB，请分几次导入。",
            most_bytes=MOST_BYTES,
        )


def only_who_sent_the_file_applies_it(sender: str, by: str) -> None:
    """Drafts bear the name of who wrote them, and that is who filled in the table."""
    if by != sender:
        raise Forbidden(
            "matter_import.of_another",
            "这份表是另一位工作人员导入的，请由本人存为草稿，或者您自己再导入一次。",
        )


def only_a_checked_file_is_applied(state: str) -> None:
    """Nobody lets become drafts what nobody has seen."""
    if state in (RECEIVING, CHECKING):
        raise Conflict("matter_import.not_checked", "这份表还没有检查完，请稍等再看。", state=state)
    if state != CHECKED:
        raise Conflict("matter_import.done_already", "这份表已经处理过了，请看结果。", state=state)


def there_is_something_to_draft(number: int) -> None:
    """A file without a change makes no draft."""
    if not number:
        raise Rejected(
            "matter_import.nothing_to_draft", "这份表里没有可以存为草稿的改动，请照清单改正后再导入。"
        )


def only_so_many_wait(number: int) -> None:
    """What was begun comes whole, or is forgotten, before more is begun."""
    if number >= MOST_WAITING:
        raise TooMany(
            "matter_import.too_many",
            f"您有 {number} 个表格还没有传完或者检查完，请稍后再导入；没有传完的，{LAPSES.days} 天后自动清除。",
            retry_after=600,
        )
