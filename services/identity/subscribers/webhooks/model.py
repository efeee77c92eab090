"""An endpoint's circuit and the deliveries that it failed to take."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from services.chassis.core.errors import Conflict, Rejected
from services.identity.subscribers.webhooks.schedule import (
    GIVEN_UP_AFTER,
    OPEN_AFTER,
    pause_of_endpoint,
    pause_of_event,
)

if TYPE_CHECKING:
    from services.identity.subscribers.webhooks.ports import Subscriber


GONE = "status_410"
"""With this answer an endpoint says that it wants nothing more (Standard Webhooks, delivery success and failure)."""

OLD_SECRET_SIGNS = timedelta(hours=24)
DELIVERED_KEPT = timedelta(days=30)
GIVEN_UP_KEPT = timedelta(days=365)


@dataclass
class Webhook:
    """One department's endpoint; its id is the department's.

    `state` goes active -> resting (the circuit is open, one probe at a time) -> active, or -> disabled -> active.
    `starts_at` is the feed's position where the delivery of this `epoch` begins: every replay is a new epoch.
    `secret` counts its secrets, which are derived from that number and not stored.
    """

    id: str
    region: str
    since: datetime
    starts_at: int = 0
    epoch: int = 0
    state: str = "active"
    failures: int = 0
    last_error: str | None = None
    last_failed_at: datetime | None = None
    next_try_at: datetime | None = None
    trying: str | None = None
    tries: int = 0
    secret: int = 0
    secret_since: datetime | None = None
    version: int = 0

    def may_try(self, now: datetime) -> bool:
        """Tell whether a request may be sent now."""
        return self.state != "disabled" and (self.next_try_at is None or now >= self.next_try_at)

    @property
    def healthy(self) -> bool:
        """Tell whether nothing is held against the endpoint."""
        return self.state == "active" and self.failures == 0

    def took(self, now: datetime) -> None:
        """It took an event: the circuit closes."""
        if self.state == "resting":
            self.state, self.since = "active", now
        self._forget_failures()

    def failed(
        self, event: str, error: str, now: datetime, jitter: float, asked: timedelta | None = None
    ) -> list[tuple[str, dict]]:
        """It did not take an event: wait longer each time, rest after several in a row, end after two days of rest.

        `asked` is how long it asked to be left alone. An endpoint that is gone ends at once.
        """
        self.tries = self.tries + 1 if self.trying == event else 1
        self.trying = event
        self.failures, self.last_error, self.last_failed_at = self.failures + 1, error, now
        self.next_try_at = now + max(pause_of_endpoint(self.failures, jitter), asked or timedelta())
        if error == GONE and self.state != "disabled":
            return self._become("disabled", now)
        if self.state == "active" and self.failures >= OPEN_AFTER:
            self.state, self.since = "resting", now
        elif self.state == "resting" and now - self.since >= GIVEN_UP_AFTER:
            return self._become("disabled", now)
        return []

    def has_tried_enough(self, event: str, patience: int | None) -> bool:
        """Tell whether this event no longer holds up those behind it; `patience` None: it is not to blame."""
        return patience is not None and self.trying == event and self.tries >= patience

    def set_aside(self, now: datetime) -> None:
        """The event in hand goes its own way: the next one shows at once whether it was the event or the endpoint."""
        self.trying, self.tries = None, 0
        if self.state == "active":
            self.next_try_at = now

    def enable(self, now: datetime) -> list[tuple[str, dict]]:
        """The department has mended it: go on where it stopped; raises Conflict where there is nothing to mend."""
        if self.state == "active":
            raise Conflict("webhook.active_already", "推送正在进行，无需恢复。")
        self._forget_failures()
        return self._become("enabled", now, state="active")

    def replay(self, position: int, reached: int) -> None:
        """Deliver again what lies behind a position; what is not yet delivered is never skipped."""
        self.starts_at = min(position, reached)
        self.epoch += 1

    def rotate_secret(self, now: datetime) -> list[tuple[str, dict]]:
        """From now on it signs with a new secret, for a day beside the one before, so that none is lost meanwhile."""
        self.secret, self.secret_since = self.secret + 1, now
        told = {"department_id": self.id, "old_secret_until": (now + OLD_SECRET_SIGNS).isoformat()}
        return [("webhook.secret_rotated", told)]

    @property
    def old_secret_until(self) -> datetime | None:
        """When the secret before stops to sign; None where there was none."""
        return self.secret_since and self.secret_since + OLD_SECRET_SIGNS

    def signs_with(self, now: datetime) -> list[int]:
        """The numbers of the secrets that sign now, the newest first."""
        both = self.old_secret_until is not None and now < self.old_secret_until
        return [self.secret, self.secret - 1] if both else [self.secret]

    def _forget_failures(self) -> None:
        self.failures, self.next_try_at, self.trying, self.tries = 0, None, None, 0

    def _become(self, event: str, now: datetime, state: str | None = None) -> list[tuple[str, dict]]:
        self.state, self.since = state or event, now
        return [(f"webhook.{event}", {"department_id": self.id, "state": self.state})]


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


def one_beginning_is_named(asked: dict) -> str:
    """A replay begins at one place, and says which."""
    # 0 is a position, though Python takes it for False
    ways = [way for way in ("since", "from_event", "after") if asked[way] is not None]
    ways += ["beginning"] if asked["beginning"] else []
    if len(ways) != 1:
        raise Rejected(
            "webhook.beginning_unclear",
            "请在 since、from_event、after、beginning 中选一个作为重放的起点。",
            given=ways,
        )
    return ways[0]


def only_a_living_webhook_is_worked_on(department: Subscriber, now: datetime) -> None:
    """Whose grant has ended, or who gets its events otherwise, has no delivery that could be mended or replayed."""
    department.must_receive(now)
    if department.delivery != "webhook":
        raise Conflict("webhook.not_receiving", "该订阅当前没有 webhook 推送，请先核对订阅状态。")
