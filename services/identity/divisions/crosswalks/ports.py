"""What crosswalks need of other capabilities; `services/identity/wiring/` says who gives it."""

from collections.abc import Callable, Sequence
from typing import Protocol

CountPeople = Callable[[list[str]], dict[str, int]]
"""Counts the people who belong to exactly these divisions: {residents, officials}."""

CountDocuments = Callable[[list[str]], dict[str, int]]
"""Counts what of identity would follow these divisions, by collection."""


class CountyInUse(Protocol):
    """A county and the edition that it has adopted."""

    id: str
    edition: str


class NamedDivision(Protocol):
    """What of a division tells what became of it."""

    region: str
    parent: str | None
    parent_name: str | None

    @property
    def short_name(self) -> str:
        """The name that people use."""


class Counties(Protocol):
    """The counties."""

    def get(self, id: str, *, scope: dict) -> CountyInUse:
        """Load a county; raises NotFound also where it lies outside `scope`."""


class Divisions(Protocol):
    """The divisions, edition by edition."""

    @property
    def counties(self) -> Counties:
        """The counties."""

    def of_edition(self, county: str, edition: str) -> Sequence[NamedDivision]:
        """List a county's divisions in an edition; none where it is not loaded."""


class People(Protocol):
    """Everybody who can sign in."""

    def counted(self, codes: list[str]) -> dict[str, int]:
        """Count {residents, officials} who belong to exactly these divisions."""


class Following(Protocol):
    """Everything of identity that follows a division."""

    def counted(self, codes: list[str]) -> dict[str, int]:
        """Count what belongs to exactly these divisions, by collection."""
