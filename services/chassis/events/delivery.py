"""One message from a queue, read once, with what its headers say about its history."""

from dataclasses import dataclass, field

import amqp

from services.chassis.events.event import Envelope, from_message

ATTEMPT = "x-attempt"
WAITING = "x-waiting"
BROKERS_OWN = ("x-death", "x-first-death-", "x-last-death-", "x-delivery-count")
"""Headers that the broker adds; a copy must not carry them (x-death makes it drop a copy as a cycle)."""

KEPT_PROPERTIES = ("content_type", "content_encoding", "message_id")


@dataclass
class Delivery:
    """A message, its event (None where it is not one, then `fault` says why) and its place in the order."""

    tag: int
    body: bytes
    headers: dict
    properties: dict
    event: Envelope | None = None
    fault: str = ""
    aggregate: str = ""
    attempt: int = 0
    waited: int = 0
    crashes: int = 0

    @property
    def envelope(self) -> Envelope:
        """The event, where it was seen that there is one; raises ValueError with the fault."""
        if self.event is None:
            raise ValueError(self.fault)
        return self.event

    @property
    def id(self) -> str:
        """The event's id, or the message's where it is not an event."""
        return self.event.id if self.event else str(self.properties.get("message_id", ""))

    @property
    def type(self) -> str:
        """Give the event's type, or an empty string."""
        return self.event.type if self.event else ""

    def copy_properties(self, **headers) -> dict:
        """Give the properties of a copy: its own headers without the broker's, and these on top."""
        own = {k: v for k, v in self.headers.items() if not k.startswith(BROKERS_OWN)}
        return {**self.properties, "headers": {**own, **headers}}


@dataclass(frozen=True)
class Unreadable:
    """What could be read of a message that is not an event of ours."""

    headers: dict = field(default_factory=dict)
    properties: dict = field(default_factory=dict)


def read(message: amqp.Message) -> Delivery:
    """Read a message; never raises: what is not an event of ours has a `fault` and no event."""
    seen = _properties(message)
    body = message.body if isinstance(message.body, bytes) else str(message.body).encode()
    delivery = Delivery(message.delivery_tag, body, seen.headers, seen.properties)
    try:
        event = from_message(body, seen.headers)
        if event.version < 1 or not event.type.startswith("xiangzhi."):
            raise ValueError("not one of our types")
        delivery.event = event
        delivery.attempt = int(seen.headers.get(ATTEMPT, 0))
        delivery.waited = int(seen.headers.get(WAITING, 0))
        delivery.crashes = int(seen.headers.get("x-delivery-count", 0))
        # sequences are per aggregate, and ids of aggregates are only unique within a service
        delivery.aggregate = f"{event.source}|{event.partitionkey or event.subject}"
    except Exception as error:
        # whatever a stranger sends must end in the dead letters, not in a crash
        delivery.event, delivery.fault = None, f"NotAnEvent ({type(error).__name__})"
        delivery.aggregate = f"unreadable|{message.delivery_tag}"
    return delivery


def _properties(message: amqp.Message) -> Unreadable:
    try:
        given = message.properties
        kept = {k: given[k] for k in KEPT_PROPERTIES if given.get(k)}
        return Unreadable(dict(given.get("application_headers") or {}), kept)
    except Exception:
        return Unreadable()
