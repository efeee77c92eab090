"""What looking at personal data needs of other capabilities; `services/identity/wiring/` says who gives it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from services.identity.people.residents.model import Resident


class Residents(Protocol):
    """The entries, with everything in them."""

    def get(self, id: str, *, scope: dict | None = None) -> Resident:
        """Load an entry; raises NotFound also where it lies outside `scope`."""

    def with_phone(self, phone: str) -> list[Resident]:
        """Find the living entries of a phone, first who holds it."""

    def holder_of(self, number_hash: str) -> str | None:
        """Find the id of the entry that holds a number."""


class IdentityHash(Protocol):
    """The keyed hash under which one person is recognised by the number of a paper."""

    def __call__(self, number: str) -> str:
        """Hash a paper's key."""
