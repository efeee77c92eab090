"""What the party's units need of other capabilities; `services/identity/wiring/wiring.py` says who gives it."""

from collections.abc import Sequence
from typing import Protocol


class Division(Protocol):
    """What a unit takes over from its division."""

    edition: str


class Divisions(Protocol):
    """The divisions in the editions that the counties have adopted."""

    def get(self, code: str) -> Division:
        """Find what the code names now; raises NotFound."""


class KnownPerson(Protocol):
    """A resident; `name` is masked."""

    @property
    def id(self) -> str: ...

    @property
    def region(self) -> str: ...

    @property
    def name(self) -> str: ...

    @property
    def certified(self) -> bool: ...


class KnownPersons(Protocol):
    """The residents."""

    def find(self, ids: list[str]) -> Sequence[KnownPerson]:
        """Find the residents among these ids."""


class Coverage(Protocol):
    """The board of certified residents."""

    def certified(self, region: str) -> int:
        """Count the certified residents of a division."""
