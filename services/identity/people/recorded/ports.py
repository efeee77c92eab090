"""What recording needs of other capabilities; `services/identity/wiring/wiring.py` says who gives it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from services.civic.calls import Call

if TYPE_CHECKING:
    from services.identity.people.households.model import Household
    from services.identity.people.residents.model import Resident


class Residents(Protocol):
    """The residents."""

    def get(self, id: str, *, scope: dict | None = None) -> Resident:
        """Find a resident; raises NotFound, also outside `scope`."""

    def certified_by_number(self, hashes: list[str]) -> list[Resident]:
        """Load the certified residents with these ID numbers."""


class Households(Protocol):
    """The households in which recorded people stand."""

    def find_of(self, resident_id: str) -> Household | None:
        """Find the household that a person belongs to."""

    def save(self, aggregate: Household, events: list[tuple[str, dict]], call: Call) -> None:
        """Write a household that was changed; raises VersionConflict where somebody was faster."""


class Villages(Protocol):
    """The villages of the editions that the counties have adopted."""

    def must_exist(self, code: str) -> str:
        """Find the edition that names such a village; raises Rejected for none."""


class IdentityHash(Protocol):
    """The keyed hash under which one person is recognised by the ID number."""

    def __call__(self, number: str) -> str:
        """Hash a number."""
