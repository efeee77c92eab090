"""Requests to one endpoint, each of which its department finds in the log; and the ping that comes before the first event."""

from __future__ import annotations

import ssl
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

from pymongo.database import Database

from services.chassis.core.calls import Call, utc_now
from services.chassis.events.event import Envelope
from services.chassis.http import outcomes
from services.civic.actor import SYSTEM
from services.civic.settings import CivicSettings
from services.identity.access.keys import Keys
from services.identity.subscribers.delivered import Delivered, cloud_event
from services.identity.subscribers.webhooks.addresses import Addresses
from services.identity.subscribers.webhooks.deliveries import LOG_KEPT, DeliveryAttempt
from services.identity.subscribers.webhooks.posting import Poster, PostingFailure
from services.identity.subscribers.webhooks.store import AttemptStore

if TYPE_CHECKING:
    from services.identity.subscribers.webhooks.model import Webhook
    from services.identity.subscribers.webhooks.ports import Subscriber

PING = "identity.webhook.ping"


SLOW_SECONDS = 0.5
"""An endpoint that takes longer for one event is slow: others are not to wait for it."""


class LoggedPoster:
    """Sends to one department's endpoint and notes each request; `last` is the newest.

    `quick` tells whether all were taken, each in a short time; None before the first. As soon as one lasts longer, `on_slow` is
    called from another thread.
    """

    def __init__(
        self,
        poster: Poster,
        attempts: AttemptStore,
        department: Subscriber,
        on_slow: Callable[[], None] = lambda: None,
    ):
        self._poster, self._attempts, self._department = poster, attempts, department
        self._on_slow = on_slow
        self.last: DeliveryAttempt | None = None
        self.quick: bool | None = None

    def send(self, item: Delivered, attempt: int) -> PostingFailure | None:
        """Send one event; gives why it failed, None where it was taken."""
        began, now = time.monotonic(), utc_now()
        # the receiver compares the time with its own: the wall's, whatever clock the schedule has
        with self._patience():
            failure = self._poster.send(cloud_event(item), now)
        outcomes.count("webhook", failure is None)
        took = time.monotonic() - began
        self.quick = self.quick is not False and failure is None and took <= SLOW_SECONDS
        self.last = DeliveryAttempt(
            id=uuid.uuid4().hex,
            region=self._department.region,
            department=self._department.id,
            number=self._next_number(),
            event_id=item.event.id,
            event=item.event.name,
            position=item.position,
            attempt=attempt,
            at=now,
            milliseconds=round(took * 1000),
            status=self._poster.status,
            failure=failure.kind if failure else None,
            answer=self._poster.beginning,
            forget_at=now + LOG_KEPT,
            people=list(item.people),
        )
        self._attempts.add(self.last, [], Call({}, SYSTEM, now=now))
        return failure

    def close(self) -> None:
        """Close the connection, and leave of the log what is kept."""
        self._poster.close()
        if self.last:
            self._attempts.trim(self._department.id, self.last.number)

    @contextmanager
    def _patience(self) -> Iterator[None]:
        timer = threading.Timer(SLOW_SECONDS, self._on_slow)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _next_number(self) -> int:
        before = self.last.number if self.last else self._attempts.last_number(self._department.id)
        return before + 1


class Pinger:
    """Sends pings that departments ask for."""

    def __init__(self, keys: Keys, addresses: Addresses, attempts: AttemptStore):
        self._keys, self._addresses, self._attempts = keys, addresses, attempts
        self._trusted = ssl.create_default_context()

    @classmethod
    def from_platform(cls, database: Database, settings: CivicSettings) -> Pinger:
        """Make it from the settings."""
        keys = Keys.from_platform(database, settings)
        return cls(keys, Addresses.from_platform(database, settings), AttemptStore(database))

    def __call__(self, department: Subscriber, webhook: Webhook) -> DeliveryAttempt:
        """Send one ping; gives how it went."""
        now = utc_now()
        secrets = [self._keys.of_webhook(department, number) for number in webhook.signs_with(now)]
        poster = Poster(department.webhook_url or "", secrets, self._addresses, self._trusted)
        logged = LoggedPoster(poster, self._attempts, department)
        try:
            logged.send(ping_to(department, now), 1)
        finally:
            logged.close()
        assert logged.last
        return logged.last


def ping_to(department: Subscriber, now: datetime) -> Delivered:
    """Make a ping: it has the form of an event, tells of nothing, and stands nowhere in the feed."""
    event = Envelope(
        id=f"ping-{uuid.uuid4().hex}",
        type=f"xiangzhi.{PING}.v1",
        source="/xiangzhi/identity",
        subject=department.id,
        time=now,
        region=department.region,
        sequence=0,
        data={"department_id": department.id},
        partitionkey=department.id,
    )
    return Delivered(0, event, "")
