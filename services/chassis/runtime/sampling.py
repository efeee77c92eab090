"""What a service tells on /metrics beside what it counts: its queues, the dead letters, what is overdue, the departments' streams.

They are looked at every few seconds, beside the work and not by who asks for them: broker or database may be slow, and the probes are
answered all the same. What could not be found out is not told, rather than told as it was.
"""

import logging
import time
from collections.abc import Callable, Iterator
from functools import partial

from amqp.exceptions import NotFound
from nameko.containers import ServiceContainer
from pymongo.database import Database
from pymongo.errors import PyMongoError
from requests import RequestException

from services.chassis.amqp import transport
from services.chassis.amqp.topology import DEAD_LETTERS
from services.chassis.core import metrics
from services.chassis.core.calls import utc_now
from services.chassis.core.settings import Settings
from services.chassis.events.streams import stream_figures
from services.chassis.listeners.consumer import QueueConsumer
from services.chassis.storage.overdue import overdue
from services.chassis.storage.store import Store

log = logging.getLogger(__name__)

SECONDS = 10.0
STREAM_SECONDS = 60.0
"""A stream's size is estimated by reading of it: seldomer."""
PATIENCE = 10.0
OUTAGES = (*transport.OUTAGES, PyMongoError, RequestException)

WAITING = metrics.gauge(
    "xiangzhi_queue_messages", "events that wait in a capability's queue", "service", "queue"
)
OLDEST = metrics.gauge(
    "xiangzhi_queue_oldest_seconds",
    "age of the oldest of them, as far as whoever has them in hand knows; 0 where none waits",
    "service",
    "queue",
)
CONSUMERS = metrics.gauge("xiangzhi_queue_consumers", "consumers of a capability's queue", "service", "queue")
DEAD = metrics.gauge("xiangzhi_dead_letters", "events that were given up and wait for an operator")
OVERDUE = metrics.gauge(
    "xiangzhi_deadlines_overdue",
    "decisions that are later than their deadline; kind is the capability",
    "service",
    "kind",
)
FULLNESS = metrics.gauge(
    "xiangzhi_stream_fullness",
    "share of its bytes that a department's stream holds; stream is the department's account",
    "stream",
)
READERS = metrics.gauge("xiangzhi_stream_readers", "readers of a department's stream", "stream")


class Sampling:
    """Looks again and again at what is a running service's; `database` is the service's own."""

    def __init__(self, container: ServiceContainer, settings: Settings, database: Database):
        self._service, self._settings, self._database = container.service_name, settings, database
        self._named_streams: Callable[[Database], dict[str, str]] | None
        self._named_streams = getattr(container.service_cls, "stream_readers", None)
        self._container = container
        self._connection: transport.Connection | None = None
        self._next_streams = 0.0

    def work(self) -> None:
        """Look for as long as the process lives."""
        while True:
            self.look()
            time.sleep(SECONDS)

    def look(self) -> None:
        """Look once at everything; what is away stands in nobody's way."""
        self._try(self._look_at_queues, WAITING, OLDEST, CONSUMERS, DEAD)
        self._try(self._count_what_is_overdue, OVERDUE)
        if self._named_streams and time.monotonic() >= self._next_streams:
            self._next_streams = time.monotonic() + STREAM_SECONDS
            self._try(partial(self._look_at_streams, self._named_streams), FULLNESS, READERS)

    def _try(self, look: Callable[[], None], *told: metrics.Gauge) -> None:
        try:
            look()
        except Exception as error:
            for one in told:
                _forget(one)
            known = isinstance(error, OUTAGES)
            told_of = {"what": told[0]._name, "failure": type(error).__name__}
            log.log(
                logging.INFO if known else logging.ERROR, "not measured", extra=told_of, exc_info=not known
            )

    def _look_at_queues(self) -> None:
        found = {one.queue: one for one in self._consumers()}
        try:
            for name, consumer in found.items():
                ready, consumers = self._asked(name)
                WAITING.labels(self._service, name).set(ready + consumer.in_hand)
                OLDEST.labels(self._service, name).set(consumer.oldest_seconds(utc_now()))
                CONSUMERS.labels(self._service, name).set(consumers)
            DEAD.set(self._asked(DEAD_LETTERS)[0])
        except transport.OUTAGES:
            connection, self._connection = self._connection, None
            transport.close_quietly(connection)
            raise

    def _asked(self, queue: str) -> tuple[int, int]:
        """Ask the broker for messages that nobody has in hand, and consumers; a queue that is not there has neither."""
        if self._connection is None:
            uri, name = self._settings.amqp_uri, f"{self._service} measures"
            self._connection = transport.connect(uri, name, heartbeat=0, patience=PATIENCE)
        channel = self._connection.channel()
        try:
            answer = channel.queue_declare(queue, passive=True)
        except NotFound:
            return 0, 0
        channel.close()
        return answer.message_count, answer.consumer_count

    def _count_what_is_overdue(self) -> None:
        for store in self._stores():
            OVERDUE.labels(self._service, kind_of(store)).set(overdue(store, utc_now()))

    def _look_at_streams(self, named: Callable[[Database], dict[str, str]]) -> None:
        found = stream_figures(self._settings, named(self._database), utc_now())
        for one in (FULLNESS, READERS):
            one.clear()
        for stream in found:
            FULLNESS.labels(stream.reader or stream.name).set(stream.fullness)
            READERS.labels(stream.reader or stream.name).set(stream.consumers)

    def _consumers(self) -> Iterator[QueueConsumer]:
        shared = self._container.shared_extensions.values()
        return (one for one in shared if isinstance(one, QueueConsumer) and one.started)

    def _stores(self) -> list[Store]:
        """Give the stores with deadlines that the service was given, each once."""
        given = (getattr(one, "made", None) for one in self._container.dependencies)
        return list(
            {type(one): one for one in given if isinstance(one, Store) and one.has_deadlines}.values()
        )


def kind_of(store: Store) -> str:
    """Give the capability of a store: its folder."""
    return type(store).__module__.split(".")[-2]


def _forget(one: metrics.Gauge) -> None:
    """Tell nothing of it, until it is known again."""
    if one._labelnames:
        one.clear()
    else:
        one.set(float("nan"))
