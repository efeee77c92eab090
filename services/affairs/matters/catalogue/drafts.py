"""The next version of a matter on its way: written by one, looked at by another, in force on a day.

drafting -> in_review -> approved (publish_at) -> in force
            in_review -> drafting (returned, with what is to be mended)
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime

from services.chassis.core.clock import CHINA
from services.chassis.core.errors import Conflict, Forbidden, Rejected

STATES = ("drafting", "in_review", "approved")


@dataclass(frozen=True)
class Draft:
    """`changes` are the fields that will be others; `by` wrote it last, `reviewed_by` approved it; `from_number` is the version that it begins with."""

    changes: dict
    by: str
    at: datetime
    from_number: int
    state: str = "drafting"
    note: str = ""
    returned: str = ""
    reviewed_by: str | None = None
    publish_at: datetime | None = None
    authors: list[str] = field(default_factory=list)
    sheet: str = ""
    """The import that wrote it last, "" where somebody did on its page."""

    def handed_in(self) -> Draft:
        """Ask another person to look at it."""
        only_a_draft_that_is("drafting", self)
        return replace(self, state="in_review", returned="")

    def approve(self, by: str, publish_at: datetime, now: datetime) -> Draft:
        """Let it take force at a time, on a day that is not over; raises Forbidden for one of its authors."""
        only_a_draft_that_is("in_review", self)
        another_person_reviews(self, by)
        if publish_at.astimezone(CHINA).date() < now.astimezone(CHINA).date():
            raise Rejected("matter.publication_in_the_past", "公布日期不能早于今天，请改为今天或以后。")
        return replace(self, state="approved", reviewed_by=by, publish_at=publish_at)

    def overtaken(self) -> Draft:
        """Another version took force meanwhile: it has to be written anew, and says so."""
        return replace(
            self,
            state="drafting",
            returned="起草之后已经公布了新的版本，请撤下这份草稿，再重新起草。",
            publish_at=None,
        )

    def give_back(self, by: str, why: str) -> Draft:
        """Give it back to who wrote it, with what is to be mended."""
        only_a_draft_that_is("in_review", self)
        another_person_reviews(self, by)
        return replace(self, state="drafting", returned=why)


def only_a_draft_that_is(state: str, draft: Draft) -> None:
    """Each step has its state."""
    if draft.state != state:
        raise Conflict(
            "matter.draft_step_does_not_fit", "草稿现在不在这一步，请刷新后再看。", state=draft.state
        )


def another_person_reviews(draft: Draft, by: str) -> None:
    """Who wrote any of it does not approve it."""
    if by in draft.authors:
        raise Forbidden("matter.own_draft", "自己写的草稿不能自己审核，请另一位工作人员审核。")


def only_the_version_that_was_seen(draft: Draft, number: int) -> None:
    """A draft that was begun from an older version would undo what was published since."""
    if draft.from_number != number:
        raise Conflict(
            "matter.draft_outdated", "起草之后这个事项已经公布了新版本，请重新起草。", number=number
        )
