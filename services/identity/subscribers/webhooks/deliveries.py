"""What was sent to an endpoint: deliveries that it failed to take, and the log of every attempt."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from services.chassis.core.errors import Conflict
from services.identity.subscribers.webhooks.schedule import GIVEN_UP_AFTER, pause_of_event

DELIVERED_KEPT = timedelta(days=30)
GIVEN_UP_KEPT = timedelta(days=365)
LOG_KEPT = timedelta(days=7)
MOST_LOGGED = 1000
"""Attempts that are kept of one department, the newest."""

ANSWER_SHOWN = 200
"""Characters of an answer that its department is shown."""


@dataclass
class DeliveryAttempt:
    """One request to an endpoint, by its `number` among those of the department, and how it went: `failure` is the kind, None where it was taken.

    `status` is None where no answer came, `answer` is the beginning of its body; `people` are those of whom the event told something
    personal, which the answer may repeat.
    """

    id: str
    region: str
    department: str
    number: int
    event_id: str
    event: str
    position: int
    attempt: int
    at: datetime
    milliseconds: int
    status: int | None
    failure: str | None
    answer: str
    forget_at: datetime
    people: list[str] = field(default_factory=list)
    version: int = 0


@dataclass
class FailedDelivery:
    """An event that was set aside; `state` goes waiting -> delivered or given_up, and back to waiting by hand."""

    id: str
    region: str
    department: str
    event_id: str
    event: str
    position: int
    tries: int
    first_failed_at: datetime
    last_failed_at: datetime
    last_error: str
    next_try_at: datetime | None
    state: str = "waiting"
    forget_at: datetime | None = None
    version: int = 0

    @property
    def retried_until(self) -> datetime:
        """When it is tried for the last time."""
        return self.first_failed_at + GIVEN_UP_AFTER

    def failed(self, error: str, now: datetime, jitter: float) -> None:
        """It was not taken again: try later, the last time when its two days are over."""
        self.tries, self.last_error, self.last_failed_at = self.tries + 1, error, now
        if now >= self.retried_until:
            self.give_up(error, now)
        else:
            self.next_try_at = min(now + pause_of_event(self.tries, jitter), self.retried_until)

    def give_up(self, error: str, now: datetime) -> None:
        """It is not tried any more."""
        self.state, self.next_try_at, self.last_error = "given_up", None, error
        self.forget_at = now + GIVEN_UP_KEPT

    def taken(self, now: datetime) -> None:
        """It was taken after all."""
        self.state, self.next_try_at, self.forget_at = "delivered", None, now + DELIVERED_KEPT

    def resend(self, now: datetime) -> None:
        """Somebody wants it sent now; raises Conflict where it has arrived."""
        if self.state == "delivered":
            raise Conflict("webhook.delivered_already", "该事件已经送达，无需重发。")
        self.state, self.next_try_at, self.forget_at = "waiting", now, None
