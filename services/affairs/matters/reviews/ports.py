"""What reviews need of applications and calendars; `services/affairs/service.py` says who gives it."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from services.civic.calls import Call


class DecidedCase(Protocol):
    """An application, and what was decided of it; `who_handled` are the officials who had a hand in that."""

    id: str
    region: str
    edition: str
    applicant_id: str
    matter_id: str
    matter_name: str
    matter_kind: str | None
    office: str
    state: str
    outcome: str | None
    closed_at: datetime | None
    erased: bool

    @property
    def who_handled(self) -> list[str]:
        """The officials who had a hand in it."""


class Cases(Protocol):
    """The applications."""

    def get(self, id: str, call: Call | None = None, scope: dict | None = None) -> DecidedCase:
        """Find one; raises NotFound also outside the scope."""


class Deadline(Protocol):
    """The end of a day; `provisional` where that year's holidays are not announced yet."""

    @property
    def at(self) -> datetime:
        """The last moment that is in time."""

    @property
    def provisional(self) -> bool:
        """Whether it may still move."""


class Calendar(Protocol):
    """The calendar of working days."""

    def is_working(self, day: date) -> bool:
        """Tell whether offices work on this day."""

    def is_provisional(self, day: date) -> bool:
        """Tell whether the holidays of this day's year are not announced yet."""

    def after(self, moment: datetime, days: int) -> Deadline:
        """Find the end of the n-th working day after the moment's day."""


class Calendars(Protocol):
    """The calendars of the counties."""

    def of(self, region: str) -> Calendar:
        """Give the calendar by which a place counts."""
