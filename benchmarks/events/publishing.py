"""The broker's side alone: how fast py-amqp publishes the same messages to the same kind of queue."""

import os
import time

from benchmarks.events.cost import Cost
from benchmarks.events.place import Place
from benchmarks.events.samples import events, outgoing
from services.chassis.amqp.frames import to_amqp
from services.chassis.amqp.publishing import Outgoing

SINK = "bench.sink"
BATCH = 500


def per_message(place: Place, cost: Cost, count: int) -> float:
    """Give events per second where each waits for its own confirm."""
    return _published(place, cost, count, 1)


def batched(place: Place, cost: Cost, count: int) -> float:
    """Give events per second where 500 at once wait for their confirms: the limit on this machine."""
    return _published(place, cost, count, BATCH)


def _published(place: Place, cost: Cost, count: int, batch: int) -> float:
    place.queue(SINK)
    messages = [outgoing(event) for event in events(count, count)]
    connection = place.connection()
    channel = connection.channel()
    channel.confirm_select()
    waiting: dict[int, bool] = {}
    channel.events["basic_ack"].add(lambda tag, multiple: _confirmed(waiting, tag, multiple))
    cost.begin(os.getpid())
    begun = time.perf_counter()
    for start in range(0, count, batch):
        part = messages[start : start + batch]
        waiting.update(dict.fromkeys(range(start + 1, start + len(part) + 1), True))
        _send(channel, part)
        while waiting:
            connection.drain_events(timeout=30)
    seconds = time.perf_counter() - begun
    cost.note(count)
    connection.close()
    place.delete_queue(SINK)
    return count / seconds


def _send(channel, messages: list[Outgoing]) -> None:
    for message in messages:
        channel.basic_publish(
            to_amqp(message.body, message.properties),
            exchange=message.exchange,
            routing_key=message.routing_key,
            mandatory=True,
        )


def _confirmed(waiting: dict[int, bool], tag: int, multiple: bool) -> None:
    tags = [waited for waited in waiting if waited <= tag] if multiple else [tag]
    for settled in tags:
        del waiting[settled]
