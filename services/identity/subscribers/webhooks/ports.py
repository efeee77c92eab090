"""What webhooks need of the feed: who receives, what each may see now, and the events themselves."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol

from services.identity.subscribers.delivered import Delivered


class Grant(Protocol):
    """What a department receives now; no `names` where its subscription has ended."""

    names: Sequence[str]
    address: str | None


class Delivery(Protocol):
    """The one filter between the feed and whoever receives from it."""

    feed: Any

    def after(self, grant: Any, position: int, limit: int, now: datetime) -> tuple[list[Delivered], int]:
        """Give the next granted events behind a position, and the position up to which there is nothing more."""


class Subscriptions(Protocol):
    """Subscriptions as they stand now, read anew each time."""

    delivery: Delivery

    def receiving(self, delivery: str) -> list:
        """Give the departments that events are delivered to in this way now."""

    def grant_of(self, department_id: str) -> Grant:
        """Give what a department receives now."""
