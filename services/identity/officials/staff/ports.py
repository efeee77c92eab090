"""What appointment needs of other capabilities; `services/identity/wiring/` says who gives it."""

from collections.abc import Callable
from typing import Protocol

OneTimePassword = Callable[[str], str]
"""Derives the password that works once from the new official's id, so that none is stored."""


class HeldRole(Protocol):
    """A role of whoever appoints."""

    @property
    def name(self) -> str:
        """The role."""

    @property
    def region(self) -> str:
        """Where it is held."""


class DivisionInUse(Protocol):
    """A division in the edition that its county has adopted."""

    edition: str


class Divisions(Protocol):
    """The divisions as they are now."""

    def get(self, code: str) -> DivisionInUse:
        """Find what a code names now; raises NotFound."""

    def must_stand_still(self, code: str) -> None:
        """Raise Rejected while the county is on its way to another edition."""
