"""What mandates need of other capabilities; `services/identity/service.py` says who gives it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol


class Party(Protocol):
    """A resident as a ward, a helper or a witness."""

    id: str
    region: str
    edition: str
    state: str
    merged_into: str | None
    of_age_at: datetime | None

    @property
    def masked_name(self) -> str: ...

    @property
    def is_living(self) -> bool:
        """Whether the entry has not ended."""


class Residents(Protocol):
    """The residents."""

    def get(self, id: str, *, scope: dict | None = None) -> Party:
        """Find a resident; raises NotFound, also outside `scope`."""

    def of(self, ids: list[str]) -> Mapping[str, Party]:
        """Load those of these residents who are known, by id."""
