"""What matching needs of other capabilities; `services/identity/wiring/wiring.py` says who gives it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from services.civic.calls import Call
from services.identity.people.matches.model import Match

if TYPE_CHECKING:
    from services.identity.people.residents.model import Resident


class Residents(Protocol):
    """The residents."""

    def get(self, id: str, *, scope: dict | None = None) -> Resident:
        """Find a resident; raises NotFound, also outside `scope`."""

    def save(self, aggregate: Resident, events: list[tuple[str, dict]], call: Call) -> None:
        """Write a resident who was raised; raises VersionConflict where somebody was faster."""


class IdentityHash(Protocol):
    """The keyed hash under which one person is recognised by the ID number."""

    def __call__(self, number: str) -> str:
        """Hash a number."""


class NotifyOfMatch(Protocol):
    """The resident's inbox."""

    def __call__(self, resident: Resident, match: Match, call: Call) -> bool:
        """Say how the comparison goes; False where that is said already."""
