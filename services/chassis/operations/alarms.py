"""What an operator must look at now, one line for each; the thresholds are here."""

from collections.abc import Iterator

from services.chassis.events.streams import StreamFigures
from services.chassis.operations.broker_nodes import NodeFigures
from services.chassis.operations.figures import PlatformFigures
from services.chassis.operations.outboxes import LONG_OUTBOX, ServiceFigures
from services.chassis.operations.queues import QueueFigures

OUTBOX_SECONDS = 60.0
"""An event surely older than this should have been published; a time cut to the hour is sure an hour later."""

RELAY_SECONDS = 30.0
RELAY_SWEEPS = 10
"""A relay beats once a sweep: it is silent after so many sweeps, but not before RELAY_SECONDS."""

SENDER_SECONDS = 60.0
"""A sender beats every few seconds (`services/chassis/daemons/heartbeat.py`); where one dies, another takes over within the lease's ten."""

NEARLY_FULL = 0.8
"""Share of its limit from which on a stream that nobody reads will soon lose its oldest messages."""


def alarms(figures: PlatformFigures, relay_sweep: float) -> list[str]:
    """Give every alarm as one line that says what to do; [] where all is well."""
    silent = max(RELAY_SECONDS, RELAY_SWEEPS * relay_sweep)
    return [
        *(line for node in figures.nodes for line in _of_node(node)),
        *(line for queue in figures.queues for line in _of_queue(queue)),
        *(line for service in figures.services for line in _of_service(service, silent)),
        *(line for stream in figures.streams for line in _of_stream(stream)),
    ]


def _of_node(node: NodeFigures) -> Iterator[str]:
    if not node.running:
        yield f"the broker's node {node.name} does not run: start it; without more than half of the nodes nothing is written"
    stopped = "whoever publishes is stopped, and every write is refused with 503"
    if node.disk_alarm:
        free = f"{_megabytes(node.disk_free)} free, its limit is {_megabytes(node.disk_limit)}"
        yield f"the broker's disk alarm on {node.name} ({free}): {stopped}; give it space, it goes on by itself"
    if node.memory_alarm:
        used = f"{_megabytes(node.memory_used)} used, its limit is {_megabytes(node.memory_limit)}"
        yield f"the broker's memory alarm on {node.name} ({used}): {stopped}; see which queue is long, or give it memory"


def _megabytes(number: int) -> str:
    return f"{number / 1_000_000:,.0f} MB"


def _of_queue(queue: QueueFigures) -> Iterator[str]:
    if queue.kind == "capability" and queue.consumers == 0:
        yield f"{queue.name} has no consumer, {queue.ready} messages wait: start its service, or delete a retired queue"
    if queue.kind == "dead letters" and queue.ready:
        letters = "dead letter" if queue.ready == 1 else "dead letters"
        yield f"{queue.ready} {letters}: see `make dead-letters`, then redrive or drop"


def _of_service(service: ServiceFigures, silent: float) -> Iterator[str]:
    name = service.name
    if service.oldest and service.oldest.least > OUTBOX_SECONDS:
        yield f"{name}: {service.pending} outboxes wait, the oldest since {service.oldest}: see the log of its relay"
    if service.relay_seen is None:
        yield f"{name}: its relay was never seen: start it"
    elif service.relay_seen.seconds > silent:
        yield f"{name}: its relay is silent since {service.relay_seen}: restart it, or see its log"
    for process, seen in service.senders.items():
        if seen is None:
            yield f"{process} was never seen: start it"
        elif seen.seconds > SENDER_SECONDS:
            yield f"{process} is silent since {seen}: restart it, or see its log"
    for collection in service.long_outboxes:
        yield f"{name}: a document of {collection} has more than {LONG_OUTBOX} events in its outbox: see the relay's log"
    if service.unsent:
        yield f"{name}: {service.unsent} events could not be sent on: see its collection `unsent`, then call the receivers"


def _of_stream(stream: StreamFigures) -> Iterator[str]:
    if stream.consumers == 0 and stream.fullness >= NEARLY_FULL:
        full = f"{stream.fullness:.0%}"
        reader = stream.reader or "the department"
        yield f"{stream.name} is {full} full and nobody reads it: call {reader}, its oldest events go soon"
