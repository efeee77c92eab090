"""A sentence, and who changes it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from services.chassis.core.errors import Conflict, Forbidden


@dataclass
class Sentence:
    """`region` is the county whose desks use it; `kind` says where; `written_by` the official who added it. One that is `removed` is offered no more."""

    id: str
    region: str
    kind: str
    title: str
    text: str
    written_by: str
    changed_at: datetime
    removed: bool = False
    version: int = 0

    def change(self, title: str, text: str, now: datetime) -> None:
        """Say it otherwise."""
        only_what_is_kept_is_changed(self.removed)
        self.title, self.text, self.changed_at = title, text, now

    def remove(self, now: datetime) -> None:
        """Offer it no more."""
        only_what_is_kept_is_changed(self.removed)
        self.removed, self.changed_at = True, now


def only_its_author_or_the_county_changes_it(written_by: str, by: str, of_the_county: bool) -> None:
    """All desks of a county use one list: who wrote a sentence, and the county's clerks and administrators, change it."""
    if by != written_by and not of_the_county:
        raise Forbidden("sentence.not_yours", "这条用语是别的单位写的，请由本人或县里修改；您可以另写一条。")


def only_what_is_kept_is_changed(removed: bool) -> None:
    """A removed sentence stays removed; a new one may have its title."""
    if removed:
        raise Conflict("sentence.removed_already", "这条用语已经删除，请回到名单；需要的可以再存一条。")
