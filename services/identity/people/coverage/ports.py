"""What the board needs of other capabilities; `services/identity/wiring/wiring.py` says who gives it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from services.identity.divisions.regions.model import Division


class EditionOf(Protocol):
    """The edition that a county has adopted."""

    def __call__(self, code: str, /) -> str:
        """Find the edition of the county in which a code lies."""


class Counties(Protocol):
    """The counties."""

    def edition_of(self, code: str) -> str:
        """Find the edition of a code's county; raises NotFound where there is no such county."""


class Divisions(Protocol):
    """The divisions of every edition."""

    @property
    def counties(self) -> Counties: ...

    def edition_of(self, county: str) -> str:
        """The edition that a county has adopted, "" where there is no such county."""

    def lineage(self, code: str, edition: str | None = None) -> list[tuple[str, str]]:
        """What a division was in the editions before, as (edition, code), the latest first."""

    def of_edition(self, county: str, edition: str) -> list[Division]:
        """Load every division of a county in an edition."""
