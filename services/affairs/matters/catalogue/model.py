"""A matter of the catalogue and the rules of changing it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from services.affairs.matters.catalogue.content import UNIT_WORDS, Content
from services.affairs.matters.catalogue.drafts import (
    Draft,
    only_a_draft_that_is,
    only_the_version_that_was_seen,
)
from services.chassis.core.errors import Conflict, NotFound, Rejected

KINDS = {
    "1": "行政许可",
    "5": "行政给付",
    "7": "行政确认",
    "8": "行政奖励",
    "9": "行政裁决",
    "10": "其他行政权力",
    "20": "公共服务",
}
"""Kinds by the code list of the national government service platform, as far as the catalogue has them."""

STATUTORY_DAYS = 20
"""Working days that the law gives for a decision (行政许可法 art. 42); for other kinds by our choice."""

LICENCE = "1"
OF_TIMES = ("term", "extension", "not_counted", "silence", "delivery")
"""The rules of a procedure by which an application's clock runs."""

PROMISED_DAYS = 10
"""Working days that the office promises where nothing else is set: our choice, the source has none."""

VERSIONED = (
    *("name", "office", "promise_days", "statutory_days", "materials", "visitors"),
    *("keywords", "life_event", "elsewhere", "form", "content", "files_kept_years"),
)
"""What makes another version when it changes; whether the matter is open does not."""

DEFAULT_MATERIAL = {"name": "居民身份证", "note": ""}


@dataclass
class Matter:
    """One matter as the version in force says it; `number` counts the versions, `since` is when this one took force.

    `state` is open or closed; `materials` are {name, note} with, where somebody said, {issuer, trust, ground}; days are in
    `content.days_unit`. `visitors` tells whether people without an account may apply; `spoken` is what villagers call it,
    `keywords` what the office adds; `life_event` marks those that villagers ask for most. `elsewhere` says where it is done
    if not here, `withdrawn` why it is closed, `withdrawn_at` since when and `withdrawn_to` where people go instead. `form` is what is filled in, a document of the profile of `services/civic/forms`;
    `files_kept_years` is how long what was handed in is kept after an application was decided, 0 for as long as the application;
    `with_form` tells in lists, which do not load it, that there is one. `draft` is the next version as far as it is
    (`drafts.py`), `due` when the clock publishes it. `untouched` until an office changes it: then what the shipped list
    says of materials, days, form and content does not overwrite what the office says. `confirmed` from the first version
    that the office published itself, written by one and reviewed by another: until then all that is shipped is a draft.
    """

    id: str
    region: str
    name: str
    main_item: str
    kind: str
    office: str
    source_code: str
    published_at: datetime
    materials: list[dict] = field(default_factory=lambda: [dict(DEFAULT_MATERIAL)])
    promise_days: int = PROMISED_DAYS
    statutory_days: int = STATUTORY_DAYS
    state: str = "open"
    changed_at: datetime | None = None
    visitors: bool = False
    spoken: list[str] = field(default_factory=list)
    keywords: list[str] = field(default_factory=list)
    life_event: str = ""
    elsewhere: str = ""
    withdrawn: str = ""
    withdrawn_at: datetime | None = None
    withdrawn_to: str = ""
    number: int = 1
    untouched: bool = True
    confirmed: bool = False
    since: datetime | None = None
    content: Content = field(default_factory=Content)
    draft: Draft | None = None
    due: datetime | None = None
    form: dict | None = None
    with_form: bool = False
    files_kept_years: int = 0
    version: int = 0

    @property
    def kind_name(self) -> str:
        """The kind's Chinese name."""
        return KINDS[self.kind]

    @property
    def days_unit(self) -> str:
        """Whether its days are working days or those of the calendar."""
        return self.content.days_unit

    @property
    def only_by_appointment(self) -> bool:
        """Whether everybody has to come in person, by appointment."""
        return self.content.only_by_appointment

    @property
    def governed_by(self) -> str:
        """The law of its procedure, "" where nobody said."""
        return self.content.law.governs

    @property
    def lawful_days(self) -> int:
        """The days that a law gives for the decision: of a licence always, of another matter where its source is named; else 0."""
        known = self.kind == LICENCE or "statutory_days" in self.content.sources
        return self.statutory_days if known else 0

    @property
    def lawful_terms(self) -> dict[str, dict]:
        """What its law says of times, by what it is about; of several the first."""
        return {one["what"]: one for one in reversed(self.content.law.rules) if one["what"] in OF_TIMES}

    def published(self) -> list[tuple[str, dict]]:
        """Enter the catalogue."""
        return [("matter.published", {"matter_id": self.id, "state": self.state})]

    def change(self, changes: dict, now: datetime, by_list: bool = False) -> list[tuple[str, dict]]:
        """Set the named fields; what says something else makes another version. Raises Rejected where the result breaks a rule."""
        another = {name for name, value in changes.items() if getattr(self, name) != value}
        for name, value in changes.items():
            setattr(self, name, value)
        the_promise_is_within_the_law(self)
        each_material_is_named_once(self)
        self.untouched = self.untouched and by_list
        if another & set(VERSIONED):
            self.number, self.since = self.number + 1, now
            # a draft that waits for its day would undo this one
            self.draft, self.due = self.draft and self.draft.overtaken(), None
        if self.state == "open":
            self.withdrawn, self.withdrawn_at, self.withdrawn_to = "", None, ""
        else:
            self.withdrawn_at = self.withdrawn_at or now
        if "form" in changes:
            self.with_form = self.form is not None
        self.changed_at = now
        return [("matter.changed", {"matter_id": self.id, "state": self.state, "number": self.number})]

    def withdraw(self, reason: str, now: datetime, instead: str = "") -> list[tuple[str, dict]]:
        """Stop it, and say where people go `instead`; raises Conflict where it is stopped."""
        if self.state == "closed":
            raise Conflict("matter.closed_already", "这个事项已经停办，无需再办。")
        self.state, self.withdrawn, self.changed_at = "closed", reason, now
        self.withdrawn_at, self.withdrawn_to = now, instead
        told = {"matter_id": self.id, "state": self.state, "number": self.number}
        return [("matter.withdrawn", told)]

    def write_draft(self, changes: dict, note: str, by: str, now: datetime) -> None:
        """Write the next version, or go on with it; what was handed in or approved goes back to the one who writes."""
        before = self.draft or Draft({}, by, now, self.number)
        only_the_version_that_was_seen(before, self.number)
        authors = [*before.authors, *([] if by in before.authors else [by])]
        changed = {**before.changes, **changes}
        draft = Draft(changed, by, now, self.number, note=note or before.note, authors=authors)
        would_be = self._with(draft)
        the_promise_is_within_the_law(would_be)
        each_material_is_named_once(would_be)
        self.draft, self.due = draft, None

    def hand_in(self) -> None:
        """Ask another person to look at the draft; raises Conflict for one from an older version."""
        draft = the_draft_of(self)
        only_the_version_that_was_seen(draft, self.number)
        self.draft = draft.handed_in()

    def publish(self, now: datetime) -> list[tuple[str, dict]]:
        """Let the approved draft take force; raises Conflict for one from an older version, Rejected by a rule."""
        draft = the_draft_of(self)
        only_a_draft_that_is("approved", draft)
        only_the_version_that_was_seen(draft, self.number)
        for name, value in draft.changes.items():
            setattr(self, name, Content.of(value) if name == "content" else value)
        self.content = self.content.said_by_the_office(draft.changes)
        self.with_form = self.form is not None
        the_promise_is_within_the_law(self)
        each_material_is_named_once(self)
        self.number, self.since, self.changed_at, self.untouched = self.number + 1, now, now, False
        self.confirmed = True
        self.draft, self.due = None, None
        told = {"matter_id": self.id, "state": self.state, "number": self.number}
        return [("matter.revised", told)]

    def would_be(self) -> Matter:
        """Give the matter as it would be with its draft in force, whether or not it may be."""
        return self._with(the_draft_of(self))

    def _with(self, draft: Draft) -> Matter:
        changes: dict[str, Any] = {
            name: Content.of(value) if name == "content" else value for name, value in draft.changes.items()
        }
        return replace(self, **changes)


def the_draft_of(matter: Matter) -> Draft:
    """The draft; raises NotFound where there is none."""
    if matter.draft is None:
        raise NotFound("matter.no_draft", "这个事项没有草稿，请先起草。")
    return matter.draft


def the_promise_is_within_the_law(matter: Matter) -> None:
    """An office may promise less time than the law gives it, never more."""
    if matter.promise_days > matter.statutory_days:
        raise Rejected(
            "matter.promise_beyond_law",
            f"承诺时限不能超过法定时限 {matter.statutory_days} {UNIT_WORDS[matter.days_unit]}，请改短。",
            statutory_days=matter.statutory_days,
        )


def each_material_is_named_once(matter: Matter) -> None:
    """The published list of materials names each one once (行政许可法 art. 30: the whole list is public)."""
    names = [material["name"] for material in matter.materials]
    if len(names) != len(set(names)):
        raise Rejected("matter.material_twice", "材料清单里有重复的名称，请删去重复的一项。")
