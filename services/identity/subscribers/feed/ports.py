"""What the feed needs of other capabilities; `services/identity/wiring/` says who gives it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from services.identity.subscribers.feed.model import Grant

PersonOf = Callable[[str | None], dict | None]
"""A person's {name, phone}, or None where there is none any more."""


class Subscription(Protocol):
    """What of a department's subscription says what it receives."""

    id: str
    name: str
    region: str
    personal_fields: list[str]
    basis: str
    webhook_url: str | None
    expires_at: datetime | None
    starts_after: int
    edition: str


class Departments(Protocol):
    """The subscriptions."""

    def get(self, id: str, *, scope: dict | None = None) -> Subscription:
        """Load a subscription; raises NotFound also where it lies outside `scope`."""


class Subscriptions(Protocol):
    """The grants as they stand now."""

    def living_grant_of(self, department_id: str) -> Grant:
        """Say what a department receives now; raises Forbidden where it receives nothing, and says why."""
