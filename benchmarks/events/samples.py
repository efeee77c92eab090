"""The events that are measured: the size and the headers of a resident's, and the documents that hold them."""

from collections.abc import Iterator
from datetime import UTC, datetime

from pymongo.database import Database

from services.chassis.amqp.publishing import Outgoing
from services.chassis.amqp.topology import EXCHANGE
from services.chassis.core.scope import path_of
from services.chassis.events.event import Envelope, routing_key, to_message
from services.chassis.storage.store import PENDING

SERVICE = "bench"
THINGS = "things"
VERB = "thing.moved"
REGION = "510183103204"


def event(subject: str, sequence: int, verb: str = VERB) -> Envelope:
    """Make one event of an aggregate."""
    return Envelope(
        id=f"{subject}:{sequence}",
        type=f"xiangzhi.{SERVICE}.{verb}.v1",
        source=f"/xiangzhi/{SERVICE}",
        subject=subject,
        time=datetime.now(UTC),
        region=REGION,
        sequence=sequence,
        data={"resident_id": subject, "state": "certified", "region": REGION, "step": sequence},
        traceparent="00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        correlation="3f2504e04f8911d39a0c0305e82c3301",
        partitionkey=subject,
    )


def events(count: int, subjects: int, verb: str = VERB) -> Iterator[Envelope]:
    """Give so many events of so many aggregates, in turns, each aggregate's in order."""
    for number in range(count):
        yield event(f"{number % subjects:032x}", number // subjects + 1, verb)


def outgoing(envelope: Envelope) -> Outgoing:
    """Give the event as a relay publishes it."""
    body, properties = to_message(envelope)
    return Outgoing(EXCHANGE, routing_key(envelope), body, properties)


def document(subject: str, told: list[Envelope]) -> dict:
    """Give an aggregate's document with these events in its outbox, as a Store writes it."""
    return {
        "_id": subject,
        "version": len(told),
        "region": REGION,
        "regions": path_of(REGION),
        "name": "a thing that moves",
        "outbox": [envelope.to_document() for envelope in told],
        "pending_since": told[0].time,
        "requests": [{"key": subject, "fingerprint": "0123456789abcdef", "answer": {"id": subject}}],
    }


def backlog(database: Database, count: int) -> None:
    """Commit so many events: half of them alone in their document, half in pairs."""
    things = database[THINGS]
    things.create_indexes([PENDING])
    alone = [document(f"{n:032x}", [event(f"{n:032x}", 1)]) for n in range(count // 2)]
    pairs = (f"{n:032x}" for n in range(count // 2, count // 2 + count // 4))
    made = alone + [document(id, [event(id, 1), event(id, 2)]) for id in pairs]
    for start in range(0, len(made), 1000):
        things.insert_many(made[start : start + 1000], ordered=False)
