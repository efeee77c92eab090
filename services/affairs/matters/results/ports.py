"""What results need of applications and the catalogue; `services/affairs/service.py` says who gives it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from services.affairs.matters.results.model import Result


class DecidedCase(Protocol):
    """An application as it was decided; `matter_number` is the version of its matter with which it began."""

    id: str
    region: str
    edition: str
    applicant_id: str
    applicant_name: str
    matter_id: str
    matter_name: str
    matter_kind: str | None
    matter_number: int
    office: str
    state: str
    outcome: str | None
    submitted_at: datetime
    closed_at: datetime | None
    erased: bool


class Cases(Protocol):
    """The applications."""

    def get(self, id: str, *, scope: dict | None = None) -> DecidedCase:
        """Find one; raises NotFound also outside the scope."""


class Matters(Protocol):
    """The catalogue."""

    def get(self, id: str) -> Any:
        """Find a matter; raises NotFound."""


class Versions(Protocol):
    """What versions of matters say."""

    def find(self, matter: Any, number: int) -> dict:
        """Give one as {content: {result}, ...}; raises NotFound."""


class Makes(Protocol):
    """Who sets and signs papers."""

    def must_be_able(self, result: Result, now: datetime) -> None:
        """Raise Rejected for a character that no font has, Unavailable where nothing can be signed or set now."""
