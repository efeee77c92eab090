"""Figures as plain tables for a terminal, or as JSON."""

from dataclasses import asdict

import orjson

from services.chassis.core.ages import Age
from services.chassis.operations.broker_nodes import NodeFigures
from services.chassis.operations.figures import PlatformFigures
from services.chassis.operations.queues import QueueFigures

QUEUES = ("QUEUE", "READY", "UNACKED", "CONSUMERS", "OLDEST", "WAITING", "RETRIED", "GIVEN UP", "DEAD")
SERVICES = ("SERVICE", "OUTBOXES", "OLDEST (LAG)", "RELAY SEEN", "ARCHIVED LAST MINUTE")
NODES = ("NODE OF THE BROKER", "RUNS", "DISK FREE", "LIMIT", "MEMORY", "LIMIT")
SENDERS = ("SENDER", "SEEN")
STREAMS = ("STREAM", "READER", "MESSAGES", "BYTES", "OF LIMIT", "CONSUMERS", "OLDEST")


def tables(figures: PlatformFigures, alarms: list[str]) -> str:
    """Give the tables and the alarms as text; of senders, streams and nodes only where there are any."""
    queues = [_queue(row) for row in figures.queues]
    services = [
        (s.name, s.pending, _age(s.oldest), _age(s.relay_seen), _archived(s.archived, s.archived_this_hour))
        for s in figures.services
    ]
    streams = [
        (s.name, s.reader or "-", s.messages, f"~{_bytes(s.bytes)}", _share(s), s.consumers, _age(s.oldest))
        for s in figures.streams
    ]
    sending = [(name, _age(seen)) for s in figures.services for name, seen in s.senders.items()]
    parts = [_table(QUEUES, queues), _table(SERVICES, services)]
    if sending:
        parts.append(_table(SENDERS, sending))
    if streams:
        parts.append(_table(STREAMS, streams))
    if figures.nodes:
        parts.append(_table(NODES, [_node(node) for node in figures.nodes]))
    return "\n\n".join([*parts, alarm_lines(alarms)])


def alarm_lines(alarms: list[str]) -> str:
    """Give one line for each alarm, or one that says that there is none."""
    return "\n".join(f"! {alarm}" for alarm in alarms) or "no alarms"


def as_json(figures: PlatformFigures, alarms: list[str]) -> str:
    """Give {at, queues, services, streams, nodes, alarms} as one line; ages are {seconds, how, least}, in seconds."""
    return orjson.dumps({**asdict(figures), "alarms": alarms}).decode()


def _table(head: tuple, rows: list[tuple]) -> str:
    lines = [[str(cell) for cell in row] for row in [head, *rows]]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if place else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        for line in lines
    )


def _queue(row: QueueFigures) -> tuple:
    now = (row.name, row.ready, row.unacknowledged, row.consumers, _age(row.oldest), row.waiting)
    return (*now, row.retried, row.given_up, row.dead)


def _node(node: NodeFigures) -> tuple:
    disk, memory = (node.disk_free, node.disk_limit), (node.memory_used, node.memory_limit)
    return (node.name, "yes" if node.running else "no", *map(_bytes, disk), *map(_bytes, memory))


def _age(age: Age | None) -> str:
    return str(age) if age else "-"


def _archived(last_minute: int, this_hour: int) -> str:
    return f"{last_minute} (+{this_hour} this hour)" if this_hour else str(last_minute)


def _share(stream) -> str:
    return f"{stream.fullness:.0%} of {_bytes(stream.limit)}" if stream.limit else "no limit"


def _bytes(number: float) -> str:
    for unit in ("B", "kB", "MB"):
        if number < 1000:
            return f"{number:.0f} {unit}"
        number /= 1000
    return f"{number:.1f} GB"
