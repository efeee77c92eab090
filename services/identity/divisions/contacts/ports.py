"""What contacts need of other capabilities; `services/identity/wiring/` says who gives it."""

from collections.abc import Callable
from typing import Protocol

MayAct = Callable[[str], bool]
"""Whether the actor administers the office of a region."""


class Office(Protocol):
    """A division in the edition that its county has adopted."""

    edition: str
    short_name: str


class Divisions(Protocol):
    """The divisions as they are now."""

    def get(self, code: str) -> Office:
        """Find what a code names now; raises NotFound."""
