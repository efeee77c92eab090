"""An endpoint: its circuit, its secrets, its replays and whether it was tried out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import TYPE_CHECKING

from services.chassis.core.errors import Conflict, Rejected, TooMany
from services.identity.subscribers.webhooks.schedule import (
    GIVEN_UP_AFTER,
    OPEN_AFTER,
    pause_of_endpoint,
)

if TYPE_CHECKING:
    from services.identity.subscribers.webhooks.ports import Subscriber


GONE = "status_410"
"""With this answer an endpoint says that it wants nothing more (Standard Webhooks, delivery success and failure)."""

ANYWHERE = "*"
"""The address that took a ping, in documents of 0.1: those endpoints took events without being asked."""

BETWEEN_PINGS = timedelta(seconds=10)
OLD_SECRET_SIGNS = timedelta(hours=24)


@dataclass
class Webhook:
    """One department's endpoint; its id is the department's.

    `state` goes active -> resting (the circuit is open, one probe at a time) -> active, or -> disabled -> active.
    `starts_at` is the feed's position where the delivery of this `epoch` begins: every replay is a new epoch.
    A replay with an end sends up to the position `until` and goes on behind `resumes_at`. `pinged` is the address that took a
    ping: no event goes to another one.
    `secret` counts its secrets, which are derived from that number and not stored. `quick` tells whether it took everything in
    its last turn, and in a short time.
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
    until: int | None = None
    resumes_at: int = 0
    pinged: str = ANYWHERE
    pinged_at: datetime | None = None
    quick: bool = False
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
            return self._become("rested", now, state="resting")
        if self.state == "resting" and now - self.since >= GIVEN_UP_AFTER:
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

    def needs_ping(self, address: str | None) -> bool:
        """Tell whether the address has to take a ping before it gets an event."""
        return self.pinged not in (ANYWHERE, address)

    def begin_ping(self, now: datetime) -> None:
        """Its department wants a ping now; raises TooMany for one right after another."""
        only_one_ping_at_a_time(self, now)
        self.pinged_at = now

    def took_ping(self, address: str, now: datetime) -> None:
        """The address is the department's and listens: events may follow."""
        self.pinged = address
        self.took(now)

    def replay(self, position: int, reached: int, until: int | None = None) -> None:
        """Deliver again what lies behind a position, up to `until`; what is not yet delivered is never skipped."""
        reached = max(reached, self.resumes_at)
        self.starts_at = min(position, reached)
        self.until, self.resumes_at = (None, 0) if until is None or until >= reached else (until, reached)
        self.epoch += 1

    def skips(self, position: int) -> bool:
        """Tell whether a replay with an end leaves this one out."""
        return self.until is not None and self.until < position <= self.resumes_at

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


def new_webhook(department: Subscriber, now: datetime) -> Webhook:
    """Begin with an endpoint that has not been tried out; its first event is the first one granted."""
    return Webhook(department.id, department.region, now, department.starts_after, pinged="")


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


def a_replay_ends_behind_its_beginning(position: int, until: int | None) -> None:
    """A replay that ends where it begins, or before, would send nothing: one of the two is a mistake."""
    if until is not None and until <= position:
        raise Rejected("webhook.end_before_beginning", "重放的终点须晚于起点且其间有事件，请核对 until。")


def only_one_ping_at_a_time(webhook: Webhook, now: datetime) -> None:
    """Whoever applies names an address: the platform must not be what others are flooded with."""
    wait = webhook.pinged_at and webhook.pinged_at + BETWEEN_PINGS - now
    if wait and wait > timedelta():
        raise TooMany(
            "webhook.pinged_just_now", "刚刚测试过，请稍后再试。", retry_after=ceil(wait.total_seconds())
        )


def only_a_webhook_that_may_come_to_life_is_pinged(department: Subscriber, now: datetime) -> None:
    """An endpoint may be tried out as soon as it is applied for, and no longer once that has ended."""
    if department.delivery != "webhook" or department.has_ended(now):
        raise Conflict("webhook.nothing_to_ping", "该订阅没有可以测试的 webhook，请先核对订阅状态。")


def only_a_living_webhook_is_worked_on(department: Subscriber, now: datetime) -> None:
    """Whose grant has ended, or who gets its events otherwise, has no delivery that could be mended or replayed."""
    department.must_receive(now)
    if department.delivery != "webhook":
        raise Conflict("webhook.not_receiving", "该订阅当前没有 webhook 推送，请先核对订阅状态。")
