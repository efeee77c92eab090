"""What webhooks need of other capabilities; `services/identity/wiring/` says who gives it."""

from datetime import datetime
from typing import Protocol


class Subscriber(Protocol):
    """A department, as far as its webhook is concerned."""

    id: str
    delivery: str

    def receives(self, now: datetime) -> bool:
        """Whether events are delivered now."""


class Departments(Protocol):
    """The subscriptions."""

    def get(self, id: str, *, scope: dict | None = None) -> Subscriber:
        """Load a subscription; raises NotFound also where it lies outside `scope`."""


class Delivery(Protocol):
    """The filter between the feed and who receives from it."""

    def position_before(self, since: datetime | None, from_event: str | None) -> int | None:
        """Find the position just before a time or an event; None where there is no such event."""
