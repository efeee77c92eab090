"""What the register needs of other capabilities; `services/identity/wiring/wiring.py` says who gives it."""

from typing import Protocol


class Villages(Protocol):
    """The villages of every edition."""

    def known(self, codes: set[str], edition: str = "") -> set[str]:
        """Those of the codes that are villages in an edition."""


class Divisions(Protocol):
    """The divisions in the editions that the counties have adopted."""

    def edition_of(self, county: str) -> str:
        """The edition that a county has adopted, "" where there is no such county."""
