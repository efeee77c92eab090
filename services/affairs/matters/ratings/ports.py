"""What ratings need of applications; `services/affairs/service.py` says who gives it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from services.civic.calls import Call


class RatedCase(Protocol):
    """An application, and how its handling was rated."""

    id: str
    region: str
    edition: str
    applicant_id: str
    matter_id: str
    matter_name: str
    matter_kind: str | None
    office: str
    handled_by: str
    stars: int | None
    rated_through: str
    comment: str | None
    closed_at: datetime | None
    erased: bool

    @property
    def is_handled(self) -> bool:
        """Whether the office has answered."""

    @property
    def is_rated(self) -> bool:
        """Whether its handling was rated."""

    def rate(self, stars: int, comment: str | None, now: datetime, through: str) -> list[tuple[str, dict]]:
        """Rate the handling, once; raises Conflict."""


class Cases(Protocol):
    """The applications."""

    def get(self, id: str, call: Call | None = None, scope: dict | None = None) -> RatedCase:
        """Find one; raises NotFound also outside the scope."""

    def save(self, aggregate: Any, events: list[tuple[str, dict]], call: Call) -> None:
        """Write it if nobody changed it meanwhile; raises VersionConflict."""


class Deadline(Protocol):
    """The end of a day."""

    @property
    def at(self) -> datetime:
        """The last moment that is in time."""


class Calendar(Protocol):
    """The calendar of working days."""

    def after(self, moment: datetime, days: int) -> Deadline:
        """Find the end of the n-th working day after the moment's day."""


class Calendars(Protocol):
    """The calendars of the counties."""

    def of(self, region: str) -> Calendar:
        """Give the calendar by which a place counts."""
