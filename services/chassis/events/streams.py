"""Figures of the departments' streams.

RabbitMQ tells a stream's messages but not its bytes: they are the messages times the mean size of its oldest ones, which
are read as any department could. Reading takes nothing out of a stream.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote, urlsplit

from services.chassis.amqp import management, transport
from services.chassis.core.ages import Age, age_of
from services.chassis.core.settings import Settings
from services.chassis.events.delivery import Delivery, read

SAMPLE = 50
PATIENCE = 0.5
FIELD_BYTES = 7
"""About what AMQP adds to a header's name and value."""


@dataclass
class StreamFigures:
    """One stream; `reader` is what its service calls whoever reads it, `bytes` is an estimate, `limit` 0 where it has none."""

    name: str
    reader: str
    messages: int
    bytes: int
    limit: int
    consumers: int
    oldest: Age | None

    @property
    def fullness(self) -> float:
        """Give the share of its limit that is used, 0 to about 1."""
        return self.bytes / self.limit if self.limit else 0.0


def stream_figures(settings: Settings, readers: dict[str, str], now: datetime) -> list[StreamFigures]:
    """Look at every stream in the departments' virtual host; `readers` names whoever reads which."""
    told = [q for q in management.queues(settings, settings.departments_vhost) if q.get("type") == "stream"]
    if not told:
        return []
    path = "/" + quote(settings.departments_vhost, safe="")
    connection = transport.connect(
        urlsplit(settings.amqp_uri)._replace(path=path).geturl(), "counts", heartbeat=0, patience=10
    )
    try:
        ordered = sorted(told, key=lambda one: one["name"])
        return [_figures(connection, one, readers.get(one["name"], ""), now) for one in ordered]
    finally:
        transport.close_quietly(connection)


def _figures(connection: transport.Connection, told: dict, reader: str, now: datetime) -> StreamFigures:
    messages = told.get("messages", 0)
    oldest = _oldest(connection, told["name"], min(SAMPLE, messages)) if messages else []
    mean = sum(map(_size, oldest)) / len(oldest) if oldest else 0
    event = next((one.event for one in oldest if one.event), None)
    return StreamFigures(
        name=told["name"],
        reader=reader,
        messages=messages,
        bytes=round(messages * mean),
        limit=told.get("arguments", {}).get("x-max-length-bytes", 0),
        # RabbitMQ 3.10 goes on counting consumers whose channel was closed; `readers` are those that there are
        consumers=sum(told.get("readers", {}).values()),
        oldest=age_of(event.time, now) if event else None,
    )


def _oldest(connection: transport.Connection, stream: str, wanted: int) -> list[Delivery]:
    taken: list[Delivery] = []
    channel = connection.channel()
    channel.auto_decode = False
    channel.basic_qos(0, SAMPLE, False)
    tag = channel.basic_consume(
        stream, callback=lambda message: taken.append(read(message)), arguments={"x-stream-offset": "first"}
    )
    with suppress(TimeoutError):
        while len(taken) < wanted:
            connection.drain_events(timeout=PATIENCE)
    # a reader that only closes its channel is counted as a consumer for ever
    channel.basic_cancel(tag)
    channel.close()
    return taken


def _size(delivery: Delivery) -> int:
    return len(delivery.body) + sum(
        len(name) + len(str(value)) + FIELD_BYTES for name, value in delivery.headers.items()
    )
