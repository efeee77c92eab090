"""One endpoint's turn: its events in order, then what waits for another try; the end of it is soon, so that all get theirs."""

import logging
import random
import ssl
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from services.chassis.core.calls import Call, utc_now
from services.chassis.core.errors import AlreadyAnswered, Conflict, VersionConflict
from services.chassis.core.ids import NAMESPACE
from services.civic.actor import SYSTEM
from services.identity.access.keys import Keys
from services.identity.subscribers.delivered import Delivered
from services.identity.subscribers.webhooks.addresses import Addresses
from services.identity.subscribers.webhooks.deliveries import FailedDelivery
from services.identity.subscribers.webhooks.lanes import GiveWay
from services.identity.subscribers.webhooks.logged_poster import PING, LoggedPoster, ping_to
from services.identity.subscribers.webhooks.model import Webhook
from services.identity.subscribers.webhooks.ports import Grant, Stretch, Subscriptions
from services.identity.subscribers.webhooks.posting import Poster, PostingFailure
from services.identity.subscribers.webhooks.schedule import pause_of_event
from services.identity.subscribers.webhooks.store import (
    AttemptStore,
    FailedDeliveryStore,
    WebhookCursors,
    WebhookStore,
)

log = logging.getLogger("services.identity.subscribers.webhooks")

BATCH = 20
TURN_SECONDS = 5.0
"""Seconds after which an endpoint goes to the end of the line, healthy or not."""


@dataclass
class WebhookParts:
    """What every turn works with; clock and chance are arguments, so that two days pass without waiting."""

    subscriptions: Subscriptions
    webhooks: WebhookStore
    cursors: WebhookCursors
    failures: FailedDeliveryStore
    attempts: AttemptStore
    keys: Keys
    addresses: Addresses
    trusted: ssl.SSLContext = field(default_factory=ssl.create_default_context)
    clock: Callable[[], datetime] = utc_now
    chance: Callable[[], float] = random.random


@dataclass(frozen=True)
class Task:
    """What a turn begins with: an endpoint that was told everything up to `position`, and its department's grant when that was read.

    `ahead` is what of the feed was read for all; `retries` tells whether something that failed is due.
    """

    department: Any
    grant: Grant
    webhook: Webhook
    position: int
    retries: bool
    ahead: Stretch | None = None


class WebhookAttempt:
    """Delivers to one department until there is nothing left, it fails, its time is over or `stopping` says so."""

    def __init__(
        self,
        parts: WebhookParts,
        task: Task,
        stopping: Callable[[], bool],
        give_way: GiveWay = lambda: None,
    ):
        self.parts, self.task, self.stopping = parts, task, stopping
        self.department, self.webhook = department, webhook = task.department, task.webhook
        secrets = [parts.keys.of_webhook(department, number) for number in webhook.signs_with(parts.clock())]
        poster = Poster(department.webhook_url, secrets, parts.addresses, parts.trusted)
        self.poster = LoggedPoster(poster, parts.attempts, department, give_way)
        self._end = time.monotonic() + TURN_SECONDS

    def take(self) -> int | None:
        """Deliver; gives the position up to which there is nothing more, None where there may be something."""
        try:
            if self.webhook.needs_ping(self.department.webhook_url) and not self._ping():
                return None
            if self.webhook.state == "active":
                self._retry_one()
            reached = self._deliver()
            if reached is not None and self.webhook.state == "resting":
                self._retry_one()  # nothing new to probe with
            return reached
        finally:
            self.poster.close()
            self._remember_how_quick()

    def _remember_how_quick(self) -> None:
        """Note with the endpoint in which lane its next turn is, whichever process gives it."""
        quick = self.poster.quick
        if quick is not None and quick != self.webhook.quick:
            self.webhook.quick = quick
            self.parts.webhooks.note_quick(self.webhook.id, quick)

    def _goes_on(self) -> bool:
        in_time = time.monotonic() < self._end and not self.stopping()
        return in_time and self.webhook.may_try(self.parts.clock())

    def _ping(self) -> bool:
        """Try the address out; gives whether events may follow."""
        address, now = self.department.webhook_url, self.parts.clock()
        failure = self.poster.send(ping_to(self.department, utc_now()), self.webhook.tries + 1)
        if failure is None:
            self._record(lambda webhook: webhook.took_ping(address, now))
            return True
        jitter = self.parts.chance()
        self._record(lambda webhook: webhook.failed(PING, failure.kind, now, jitter, failure.asked))
        return False

    def _deliver(self) -> int | None:
        position = self.task.position
        while self._goes_on():
            items, reached = self._next(position)
            if not items:
                return reached
            due = [item for item in items if not self.webhook.skips(item.position)]
            if not due:
                position = self.webhook.resumes_at
                self.parts.cursors.move(self.webhook, position)
            for item in due:
                if not self._goes_on() or not self.parts.subscriptions.stands(self.department):
                    return None  # what was read under an older grant is not sent
                if not self._deliver_one(item):
                    return None
                self.parts.cursors.move(self.webhook, item.position)
                position = item.position
        return None

    def _next(self, position: int) -> tuple[list[Delivered], int]:
        """What comes next, from what was read for all as far as it goes, and the position up to which there is nothing more."""
        delivery, ahead, now = self.parts.subscriptions.delivery, self.task.ahead, self.parts.clock()
        if ahead and ahead.covers(position):
            return delivery.among(ahead, self.task.grant, position, BATCH, now)
        return delivery.after(self.task.grant, position, BATCH, now)

    def _deliver_one(self, item: Delivered) -> bool:
        """Send one event; gives whether the next one may follow: it was taken, or set aside."""
        tries = self.webhook.tries if self.webhook.trying == item.event.id else 0
        failure = self.poster.send(item, tries + 1)
        if failure is None:
            self._took()
            return True
        now, jitter = self.parts.clock(), self.parts.chance()
        self._record(lambda webhook: webhook.failed(item.event.id, failure.kind, now, jitter, failure.asked))
        if not self.webhook.has_tried_enough(item.event.id, failure.patience):
            return False
        self._set_aside(item, failure, now)
        return True

    def _set_aside(self, item: Delivered, failure: PostingFailure, now: datetime) -> None:
        failed = FailedDelivery(
            id=uuid.uuid5(NAMESPACE, f"{self.department.id}|{item.event.id}").hex,
            region=self.webhook.region,
            department=self.department.id,
            event_id=item.event.id,
            event=item.event.name,
            position=item.position,
            tries=self.webhook.tries,
            first_failed_at=now,
            last_failed_at=now,
            last_error=failure.kind,
            next_try_at=now + pause_of_event(1, self.parts.chance()),
        )
        try:
            self.parts.failures.add(failed, [], Call({}, SYSTEM, now=now))
        except (AlreadyAnswered, Conflict):
            known = self.parts.failures.get(failed.id)  # a replay met it again
            if known.state == "delivered":
                failed.version = known.version
                self._save_failed(failed)
        self._record(lambda webhook: webhook.set_aside(now))
        log.warning(
            "an event is set aside",
            extra={"department": self.department.id, "event": item.event.id, "failure": failure.kind},
        )

    def _retry_one(self) -> None:
        """Try the longest waiting failed delivery again; what is no longer granted is given up."""
        now = self.parts.clock()
        tries = self.task.retries and self._goes_on()
        failed = self.parts.failures.next_due(self.department.id, now) if tries else None
        if failed is None or not self.parts.subscriptions.stands(self.department):
            return  # the next turn knows what is granted now
        items, _ = self.parts.subscriptions.delivery.after(self.task.grant, failed.position - 1, 1, now)
        if not items or items[0].position != failed.position:
            failed.give_up("not_granted", now)
            return self._save_failed(failed)
        failure = self.poster.send(items[0], failed.tries + 1)
        now = self.parts.clock()
        if failure is None:
            failed.taken(now)
            self._took()
        else:
            failed.failed(failure.kind, now, self.parts.chance())
            if self.webhook.state == "resting" or failure.patience is None:
                jitter = self.parts.chance()
                self._record(
                    lambda webhook: webhook.failed(failed.event_id, failure.kind, now, jitter, failure.asked)
                )
        self._save_failed(failed)

    def _took(self) -> None:
        if self.webhook.healthy:
            return
        rested, now = self.webhook.state == "resting", self.parts.clock()
        self._record(lambda webhook: webhook.took(now))
        if rested:
            self.parts.failures.hurry(self.department.id, now)

    def _record(self, change: Callable[[Webhook], list | None]) -> None:
        """Change the endpoint's state; where somebody else changed it meanwhile, change what it is now."""
        begun_with, state = (self.webhook.epoch, self.webhook.secret), self.webhook.state
        while True:
            try:
                events = change(self.webhook) or []
                self.parts.webhooks.save(self.webhook, events, Call({}, SYSTEM, now=self.parts.clock()))
                break
            except VersionConflict:
                self.webhook = self.parts.webhooks.get(self.webhook.id)
        if (self.webhook.epoch, self.webhook.secret) != begun_with:
            self._end = 0.0  # a replay or another secret was asked for: begin with it in the next turn
        if self.webhook.state != state:
            log.warning(
                "an endpoint changed its state",
                extra={"department": self.department.id, "state": self.webhook.state},
            )

    def _save_failed(self, failed: FailedDelivery) -> None:
        try:
            self.parts.failures.save(failed, [], Call({}, SYSTEM, now=self.parts.clock()))
        except VersionConflict:
            log.info("somebody resends it", extra={"department": self.department.id})
