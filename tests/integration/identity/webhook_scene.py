"""Departments with webhooks, a feed, and a sender whose clock the test moves."""

import time
from datetime import datetime, timedelta

from services.chassis.core.calls import Call, utc_now
from services.chassis.events.event import Envelope
from services.civic.actor import CivicActor
from services.civic.settings import CivicSettings
from services.identity.access.keys import Keys
from services.identity.subscribers.departments.model import (
    Department,
)
from services.identity.subscribers.feed.store import Feed
from services.identity.subscribers.webhooks.addresses import Addresses
from services.identity.subscribers.webhooks.delivery_attempt import WebhookParts
from services.identity.subscribers.webhooks.sender import WebhookSender
from services.identity.subscribers.webhooks.store import (
    AttemptStore,
    FailedDeliveryStore,
    WebhookCursors,
    WebhookStore,
)
from services.identity.wiring.subscriptions import Subscriptions

REGION = "510183103"
PATIENCE = 60


class Scene:
    """One sender with its parts; `pass_time` moves the schedule's clock, the signatures keep the wall's."""

    def __init__(self, database, resolve=None, **parts):
        self.database, self.skipped = database, timedelta()
        self.stopped: datetime | None = utc_now()
        self.feed = Feed(database)
        self.feed.create_indexes()
        self.parts = WebhookParts(
            Subscriptions(database),
            WebhookStore(database),
            WebhookCursors(database),
            FailedDeliveryStore(database),
            AttemptStore(database),
            Keys(b"k" * 32),
            Addresses(True, resolve),
            clock=self.now,
            chance=lambda: 1.0,
            **parts,
        )
        self.parts.failures.create_indexes()
        self.parts.attempts.create_indexes()
        self.departments = self.parts.subscriptions.departments
        self.sender = WebhookSender(self.parts, CivicSettings.from_environment())

    def now(self) -> datetime:
        """Give the schedule's time, which passes only when told to while it is `stopped`."""
        return (self.stopped or utc_now()) + self.skipped

    def pass_time(self, **delta) -> None:
        """Let time pass without waiting."""
        self.skipped += timedelta(**delta)

    def department(self, receiver, id="d", url=None, **changes) -> Department:
        """A department whose events go to the receiver."""
        department = Department(
            id, REGION, "统计局", "数据科", "p", "l", ["identity.resident.*"], "webhook", "h", utc_now(),
            webhook_url=url or receiver.url, state="connected",
            expires_at=utc_now() + timedelta(days=365), **changes,
        )  # fmt: skip
        self.departments.add(department, [], Call({}))
        receiver.secret = self.parts.keys.of_webhook(department)
        return department

    def events(self, first: int, last: int) -> list[str]:
        """Append events about r<first> to r<last>; gives the subjects."""
        for number in range(first, last + 1):
            self.feed.append(event_of(number))
        return [f"r{number}" for number in range(first, last + 1)]

    def settle(self) -> None:
        """Let the sender work until nobody has anything to get now."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            idle = not self.sender.in_hand
            if self.sender.round() == 0 and idle:
                return
            time.sleep(0.005)
        raise AssertionError("the sender does not come to an end")

    def settle_later(self, times: int, **delta) -> None:
        """Let time pass and the sender work, again and again."""
        for _ in range(times):
            self.pass_time(**delta)
            self.settle()

    def webhook(self, id="d"):
        """The endpoint as it is stored."""
        return self.parts.webhooks.get(id)

    def failures(self, state="waiting", id="d") -> list:
        """The failed deliveries in a state."""
        found = self.parts.failures.documents.find({"department": id, "state": state})
        return [self.parts.failures.from_document(one) for one in found]

    def call(self, id="d", **data) -> Call:
        """A department's own call."""
        return Call(data, CivicActor(id, "department"), now=self.now())

    def close(self) -> None:
        """End the workers."""
        self.sender.stop()
        self.sender.close()


def event_of(number: int) -> Envelope:
    """Make the event that r<number> was certified."""
    return Envelope(
        id=f"e{number}:1",
        type="xiangzhi.identity.resident.certified.v1",
        source="/xiangzhi/identity",
        subject=f"r{number}",
        time=utc_now(),
        region="510183103204",
        sequence=1,
        data={"resident_id": f"r{number}", "state": "certified", "assurance": 1},
        partitionkey=f"r{number}",
    )
