"""What webhooks need of the feed: who receives, what each may see now, and the events themselves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from services.identity.subscribers.delivered import Delivered

if TYPE_CHECKING:
    from services.identity.subscribers.webhooks.deliveries import DeliveryAttempt
    from services.identity.subscribers.webhooks.model import Webhook


class Grant(Protocol):
    """What a department receives now; no `names` where its subscription has ended."""

    @property
    def names(self) -> Sequence[str]:
        """The names of the events."""

    @property
    def address(self) -> str | None:
        """Where the webhook goes."""


class Stretch(Protocol):
    """A part of the feed that was read once for many."""

    @property
    def end(self) -> int:
        """The position up to which it goes."""

    def covers(self, position: int) -> bool:
        """Tell whether it holds everything next to a position."""

    def granted(self, grant: Any, position: int) -> list[dict]:
        """Those rows behind a position that a grant covers."""


class Delivery(Protocol):
    """The one filter between the feed and whoever receives from it."""

    feed: Any

    def after(self, grant: Any, position: int, limit: int, now: datetime) -> tuple[list[Delivered], int]:
        """Give the next granted events behind a position, and the position up to which there is nothing more."""

    def among(
        self, stretch: Any, grant: Any, position: int, limit: int, now: datetime
    ) -> tuple[list[Delivered], int]:
        """The same from a stretch of the feed that is in hand."""

    def stretch(self, position: int, most: int, head: int) -> Stretch:
        """Read what follows a position once for many."""

    def in_feed(self, position: int) -> int:
        """Give a cursor back; raises Rejected where it lies beyond the end."""

    def position_before(self, since: datetime | None, from_event: str | None) -> int | None:
        """Find the position just before a time or an event; None where there is no such event."""


class Subscriptions(Protocol):
    """Subscriptions as they stand now."""

    @property
    def delivery(self) -> Delivery:
        """The filter."""

    def receiving(self, delivery: str) -> list[tuple[Any, Any]]:
        """Give the departments that events are delivered to in this way now, with their grants."""

    def stands(self, department: Any) -> bool:
        """Tell whether a subscription that was read is what it was, and gives events now."""


class Subscriber(Protocol):
    """A department, as far as its webhook is concerned."""

    id: str
    region: str
    delivery: str
    webhook_url: str | None
    starts_after: int

    def has_ended(self, now: datetime) -> bool:
        """Whether it is refused, or over."""

    def must_receive(self, now: datetime) -> None:
        """Raise Forbidden without a living grant, and say why."""


class Ping(Protocol):
    """What tries an endpoint out."""

    def __call__(self, department: Subscriber, webhook: Webhook) -> DeliveryAttempt:
        """Send one ping; gives how it went."""


class Departments(Protocol):
    """The subscriptions."""

    def get(self, id: str, *, scope: dict | None = None) -> Subscriber:
        """Load a subscription; raises NotFound also where it lies outside `scope`."""
