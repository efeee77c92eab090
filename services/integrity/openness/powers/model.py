"""A power of a village, and the rules of changing it.

unpublished -> published (number 1, 2, ...) -> withdrawn -> published (by a new version)
Its draft: drafting -> in_review -> published; in_review -> drafting (given back); set_aside (of what was never published).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime

from services.chassis.core.clock import CHINA
from services.chassis.core.errors import NotFound
from services.integrity.openness.powers import rules
from services.integrity.openness.powers.content import PowerContent

Events = list[tuple[str, dict]]


@dataclass(frozen=True)
class PowerDraft:
    """The next version as a whole; `by` wrote it last, `authors` are all who wrote it or handed it in; `returned` is what is to be mended."""

    content: PowerContent
    by: str
    at: datetime
    state: str = "drafting"
    note: str = ""
    returned: str = ""
    authors: list[str] = field(default_factory=list)


@dataclass
class Power:
    """`content` is what is in force, None before the first publication; `number` counts the versions, `since` is when this one took force.

    `published_by` and `drafted_by` are the two who answer for it. `shipped` marks one of the project's data.
    """

    id: str
    region: str
    state: str = "unpublished"
    number: int = 0
    since: datetime | None = None
    content: PowerContent | None = None
    draft: PowerDraft | None = None
    drafted_by: list[str] = field(default_factory=list)
    published_by: str = ""
    withdrawn: str = ""
    withdrawn_at: datetime | None = None
    changed_at: datetime | None = None
    shipped: bool = False
    version: int = 0

    @property
    def told(self) -> PowerContent:
        """What it says: in force, or as it is drafted where nothing was ever published."""
        return self.content or the_draft_of(self).content

    @property
    def name(self) -> str:
        """What it is called."""
        return self.told.name

    @property
    def group(self) -> str:
        """In which group it stands."""
        return self.told.group

    @property
    def who(self) -> str:
        """Who decides and acts."""
        return self.told.who

    @property
    def review_by(self) -> str:
        """By when it is looked at again, "" where nobody said."""
        return self.told.review_by

    def write(self, changes: dict, note: str, by: str, now: datetime) -> None:
        """Write the next version, or go on with it; what was handed in goes back to the one who writes."""
        begun = self.draft.content if self.draft else self.told
        authors = [*(self.draft.authors if self.draft else [])]
        note = note or (self.draft.note if self.draft else "")
        content = replace(begun, **changes)
        # a source speaks of what stood there; what is said anew without one is the county's own
        sources = {
            name: source
            for name, source in content.sources.items()
            if "sources" in changes or getattr(content, name) == getattr(begun, name)
        }
        content = replace(content, sources=sources)
        rules.a_case_is_published_already(content, now.astimezone(CHINA).date())
        self.draft = PowerDraft(content, by, now, note=note, authors=_with(authors, by))
        self.changed_at = now

    def hand_in(self, by: str, now: datetime) -> None:
        """Ask another person to look at the draft; who hands it in stands for it."""
        draft = the_draft_of(self)
        rules.each_step_has_its_state(("drafting",), draft.state)
        self._may_be_published(draft.content, now)
        self.draft = replace(draft, state="in_review", returned="", authors=_with(draft.authors, by))

    def give_back(self, by: str, why: str) -> None:
        """Give the draft back to who wrote it, with what is to be mended."""
        draft = the_draft_of(self)
        rules.each_step_has_its_state(("in_review",), draft.state)
        rules.another_person_publishes(draft.authors, by)
        self.draft = replace(draft, state="drafting", returned=why)

    def publish(self, by: str, now: datetime) -> Events:
        """Let the draft take force; raises Forbidden for one of its authors, Rejected by a rule."""
        draft = the_draft_of(self)
        rules.each_step_has_its_state(("in_review",), draft.state)
        rules.another_person_publishes(draft.authors, by)
        self._may_be_published(draft.content, now)
        self.content = draft.content.said_by_the_county(self.content)
        self.state, self.number, self.since, self.changed_at = "published", self.number + 1, now, now
        self.drafted_by, self.published_by, self.draft = draft.authors, by, None
        self.withdrawn, self.withdrawn_at = "", None
        return [("power.published", {"power_id": self.id, "state": self.state, "number": self.number})]

    def discard(self, now: datetime) -> None:
        """Throw the draft away; of what was never published it is set aside, to be found again."""
        draft = the_draft_of(self)
        self.draft = None if self.content else replace(draft, state="set_aside", returned="")
        self.changed_at = now

    def withdraw(self, reason: str, now: datetime) -> Events:
        """Stop it, and say why; its versions stay to be read."""
        rules.only_what_is_in_force_is_withdrawn(self.state)
        self.state, self.withdrawn, self.withdrawn_at, self.changed_at = "withdrawn", reason, now, now
        return [("power.withdrawn", {"power_id": self.id, "state": self.state, "number": self.number})]

    def ship(self, content: PowerContent, by: str, now: datetime) -> bool:
        """Take over what the project ships as long as nobody of the county has touched it; tells whether anything changed."""
        untouched = self.content is None and self.draft is not None and self.draft.by == by
        if not untouched or the_draft_of(self).authors or the_draft_of(self).content == content:
            return False
        self.draft = replace(the_draft_of(self), content=content, at=now)
        return True

    def _may_be_published(self, content: PowerContent, now: datetime) -> None:
        today = now.astimezone(CHINA).date()
        rules.a_power_is_told_in_steps(content)
        rules.a_power_names_its_law(content)
        rules.a_version_is_reviewed_again(content, today)
        rules.a_case_is_published_already(content, today)


def the_draft_of(power: Power) -> PowerDraft:
    """The draft; raises NotFound where there is none."""
    if power.draft is None:
        raise NotFound("power.no_draft", "这一项没有草稿，请先起草。")
    return power.draft


def _with(authors: list[str], by: str) -> list[str]:
    return [*authors, *([] if by in authors else [by])]
