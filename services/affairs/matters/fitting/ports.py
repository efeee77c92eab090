"""What fitting needs of the catalogue; `services/affairs/service.py` says who gives it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol


class MatterToSuggest(Protocol):
    """What a suggestion says of its matter."""

    id: str
    name: str
    office: str
    kind: str
    state: str
    elsewhere: str


class MattersToSuggest(Protocol):
    """The catalogue."""

    def of_codes(self, codes: list[str]) -> Mapping[str, MatterToSuggest]:
        """Find the matters of these item codes, open or not, by code."""
