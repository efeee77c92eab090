"""What officials write about an application for each other: added to, never changed, and never shown to the applicant.

A copy of the applicant's data leaves them out, as what an office says to itself while it works (政府信息公开条例 art. 16: 过程性信息);
what it decides about the applicant stands in notice, reason and outcome. They tell of a person all the same: they are kept encrypted, no event
has them, and an erasure empties them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from services.chassis.core.errors import Rejected

MOST = 100
"""Our choice: what needs more belongs into a file of its own."""


@dataclass
class Remarked:
    """`remarks` are {number, by, at, text, corrects}, numbered from 1; `corrects` is the number of the one that it puts right, or None."""

    remarks: list[dict] = field(default_factory=list, kw_only=True)

    def remark(self, by: str, text: str, corrects: int | None, now: datetime) -> None:
        """Add what an official writes; raises Rejected for one too many, and where there is nothing to correct."""
        at_most_a_hundred_remarks(self.remarks)
        only_a_remark_that_is_there_is_corrected(self.remarks, corrects)
        number = len(self.remarks) + 1
        written = {"number": number, "by": by, "at": now, "text": text, "corrects": corrects}
        self.remarks = [*self.remarks, written]


def at_most_a_hundred_remarks(remarks: list[dict]) -> None:
    """An application's document has an end."""
    if len(remarks) >= MOST:
        raise Rejected("application.too_many_remarks", f"备注已满 {MOST} 条，不能再加。")


def only_a_remark_that_is_there_is_corrected(remarks: list[dict], corrects: int | None) -> None:
    """Nothing is taken back that others may have acted on: a mistake is put right by another remark, which names it."""
    if corrects is not None and not any(one["number"] == corrects for one in remarks):
        raise Rejected("application.no_such_remark", "没有这一条备注，请核对是第几条。")
