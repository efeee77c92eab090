"""What mandates need of other capabilities; `services/identity/service.py` says who gives it."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from services.civic.calls import Call


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


class NoteLook(Protocol):
    """The log of looks at personal data."""

    def __call__(self, people: tuple[str, ...], region: str, call: "Call") -> None:
        """Note for each of these residents that the official who calls, by a role in this region, sees a paper that tells of them."""
