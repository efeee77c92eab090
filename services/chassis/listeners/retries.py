"""What happens to an event that could not be handled: later again, in its aggregate's order, at last the dead
letters.

Order: the collection `held` says per queue and aggregate which sequences are on their way through a retry
queue.

    {_id: "<queue>|<aggregate>", pending: [sequence, ...], delay: seconds}

A sequence is put there before its copy is published and taken away when it is done or given up. An event runs
only if no smaller sequence is pending; else it joins them and waits in the same delay, without burning an
attempt. After an event was given up, the later events of its aggregate flow without it.
"""

import threading
import uuid
from collections.abc import Callable

from pymongo import ReturnDocument
from pymongo.collection import Collection
from pymongo.database import Database

from services.chassis.amqp import transport
from services.chassis.amqp.publishing import ConfirmingChannel, NotTaken, Outgoing

HELD = "held"


class HeldBack:
    """The sequences of one queue that wait in retry queues, per aggregate."""

    def __init__(self, database: Database, queue: str):
        self.documents: Collection = database[HELD]
        self.queue = queue

    def aggregates(self) -> set[str]:
        """List all aggregates that have anything pending: few, but after an outage."""
        first, behind = (
            self._id(""),
            f"{self.queue}}}",
        )  # the next character after the bar that ends a queue's name
        found = self.documents.find({"_id": {"$gte": first, "$lt": behind}}, {"_id": 1})
        return {one["_id"][len(first) :] for one in found}

    def pending(self, aggregate: str) -> tuple[list[int], float | None]:
        """Give an aggregate's pending sequences, smallest first, and the delay they wait in (seconds)."""
        found = self.documents.find_one({"_id": self._id(aggregate)}) or {}
        return sorted(found.get("pending", ())), found.get("delay")

    def hold(self, aggregate: str, sequence: int, delay: float | None) -> None:
        """Note that a sequence goes to a retry queue; a failed one says in which delay others wait."""
        change: dict = {"$addToSet": {"pending": sequence}}
        if delay is not None:
            change["$set"] = {"delay": delay}
        self.documents.update_one({"_id": self._id(aggregate)}, change, upsert=True)

    def release(self, aggregate: str, sequence: int, delay: float) -> bool:
        """Note that a sequence is done or given up; those behind it go round in `delay` from now on.

        Tells whether nothing of the aggregate is pending any more.
        """
        id = self._id(aggregate)
        change = {"$pull": {"pending": sequence}, "$set": {"delay": delay}}
        after = self.documents.find_one_and_update({"_id": id}, change, return_document=ReturnDocument.AFTER)
        if after and after["pending"]:
            return False
        self.documents.delete_one({"_id": id, "pending": []})
        return True

    def _id(self, aggregate: str) -> str:
        return f"{self.queue}|{aggregate}"


class RetryCopies:
    """Publishes confirmed copies of messages over a connection of its own; safe to use from many threads.

    `count` is called with (exchange, routing key) of every copy that the broker took.
    """

    def __init__(self, uri: str, name: str, count: Callable[[str, str], None] | None = None):
        self.uri = uri
        self.name = name
        self.count = count
        self.lock = threading.Lock()
        self.channel: ConfirmingChannel | None = None

    def send(self, exchange: str, routing_key: str, body: bytes, properties: dict) -> None:
        """Publish one message, wait for its confirm; raises ConnectionError where it was not taken."""
        properties = {"message_id": uuid.uuid4().hex, **properties, "delivery_mode": 2}
        message = Outgoing(exchange, routing_key, body, properties)
        with self.lock:
            try:
                refused = self._publish(message)
            except transport.OUTAGES as error:
                self._drop()
                raise ConnectionError(f"the broker is away: {type(error).__name__}") from error
        if refused:
            raise NotTaken(f"the broker did not take a copy: {next(iter(refused.values()))}")
        if self.count:
            self.count(exchange, routing_key)

    def close(self) -> None:
        """Close the connection."""
        with self.lock:
            self._drop()

    def _publish(self, message: Outgoing) -> dict[str, str]:
        if self.channel is not None:
            try:
                return self.channel.publish([message])
            except transport.OUTAGES:
                # idle for long, the connection may be gone: one new one before it counts as an outage
                self._drop()
        self.channel = ConfirmingChannel(transport.connect(self.uri, self.name, heartbeat=0))
        return self.channel.publish([message])

    def _drop(self) -> None:
        if self.channel is not None:
            transport.close_quietly(self.channel.connection)
            self.channel = None
