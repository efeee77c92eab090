"""Fan-out: one reading of the feed for many departments; each grant is applied to the rows in memory, and what several get is encoded once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from services.chassis.amqp.publishing import Outgoing
from services.chassis.events.event import PREFIX, Envelope, to_message
from services.identity.subscribers.delivered import Delivered
from services.identity.subscribers.feed.store import belongs_to

if TYPE_CHECKING:
    from services.identity.subscribers.feed.delivery import DepartmentDelivery
    from services.identity.subscribers.feed.model import Grant


@dataclass(frozen=True)
class Stream:
    """One department's stream: its queue's `name`, what it is granted, and how far it was fed.

    Everything up to `position` of the feed was fed or is not granted; `number` is that of the last event fed.
    """

    department: str
    name: str
    grant: Grant
    position: int
    number: int


@dataclass(frozen=True)
class Stretch:
    """What follows each other in the feed: the `rows` behind `start`, up to and with `end`, whoever may read them."""

    start: int
    end: int
    rows: list[dict]

    def covers(self, position: int) -> bool:
        """Tell whether it holds everything next to a position."""
        return self.start <= position <= self.end

    def granted(self, grant: Grant, position: int) -> list[dict]:
        """Those behind a position that a grant covers."""
        return [row for row in self.rows if row["_id"] > position and covered_by(grant, row)]


def covered_by(grant: Grant, row: dict) -> bool:
    """Tell whether a grant covers a row, as the feed's own search would."""
    return row["name"] in grant.names and belongs_to(row, grant.region, grant.edition)


@dataclass(frozen=True)
class StreamBatch:
    """What one stream gets now, and the position up to which there is nothing more for it."""

    stream: Stream
    items: list[Delivered]
    reached: int

    @property
    def number(self) -> int:
        """The number of its last event, counted also where one is left out: the gap tells the department to pull."""
        return self.stream.number + len(self.items)


def shared(stretch: Stretch, streams: Iterable[Stream], delivery: DepartmentDelivery) -> list[StreamBatch]:
    """Give each stream its batch of a stretch that begins with the first row that any of them has not had."""
    read: dict[tuple[int, bool], Delivered] = {}

    def reference(grant: Grant, row: dict) -> Delivered:
        key = row["_id"], row["name"] in grant.personal
        if key not in read:
            read[key] = delivery.reference(grant, row["_id"], Envelope.from_document(row["event"]))
        return read[key]

    return [
        StreamBatch(
            stream,
            [reference(stream.grant, row) for row in stretch.granted(stream.grant, stream.position)],
            stretch.end,
        )
        for stream in streams
    ]


def in_bursts(batches: list[StreamBatch], most: int) -> Iterator[list[StreamBatch]]:
    """Give them in groups that hold about so many events each: what is published at once is waited for at once."""
    group: list[StreamBatch] = []
    for batch in batches:
        group.append(batch)
        if sum(len(one.items) for one in group) >= most:
            yield group
            group = []
    if group:
        yield group


@dataclass
class Messages:
    """Makes the messages of batches; an event that goes to many streams is encoded once."""

    encoded: dict[tuple[int, str], tuple[bytes, dict]] = field(default_factory=dict)

    def of(self, batch: StreamBatch) -> list[Outgoing]:
        """The events, each with its place in the feed and its number in this stream (no gaps)."""
        first = batch.stream.number + 1
        return [
            self._message(batch.stream.name, item, number) for number, item in enumerate(batch.items, first)
        ]

    def _message(self, stream: str, item: Delivered, number: int) -> Outgoing:
        key = item.position, item.personaldata
        if key not in self.encoded:
            self.encoded[key] = _encode(item)
        body, properties = self.encoded[key]
        headers = properties["headers"] | {f"{PREFIX}feednumber": str(number)}
        return Outgoing("", stream, body, {**properties, "headers": headers})


def _encode(item: Delivered) -> tuple[bytes, dict]:
    """Everything of a message but its number, which is the stream's own."""
    body, properties = to_message(item.event)
    properties["headers"] |= {
        f"{PREFIX}dataschema": item.dataschema,
        f"{PREFIX}feedposition": str(item.position),
    }
    if item.personaldata:
        properties["headers"][f"{PREFIX}personaldata"] = item.personaldata
    return body, properties
