"""What absences need of other capabilities; `services/identity/wiring/` says who gives it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pymongo.collection import Collection

MayGrant = Callable[[str, str, str], None]
"""(by, role, region): raises Forbidden unless this official may appoint to the role there."""


class OfficialInOffice(Protocol):
    """Who can be away, or stand in."""

    id: str
    region: str
    edition: str
    role: str
    active: bool
    resting: bool


class Officials(Protocol):
    """The staff."""

    def get(self, id: str, *, scope: dict | None = None) -> OfficialInOffice:
        """Load an official; raises NotFound also where it lies outside `scope`."""

    def find_by_login(self, login: str) -> OfficialInOffice | None:
        """Find the active official with this login."""


class Appointing(Protocol):
    """The rules of appointment as they stand at the moment."""

    def may_grant(self, by: str, role: str, region: str) -> None:
        """Raise Forbidden unless this official may appoint to the role there."""


class EventArchive(Protocol):
    """Every event that was told."""

    @property
    def documents(self) -> Collection:
        """Its collection, for lists."""
