"""All figures of the running platform in one look."""

from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime

from services.chassis.amqp import transport
from services.chassis.core.calls import utc_now
from services.chassis.core.settings import Settings
from services.chassis.events.streams import StreamFigures, stream_figures
from services.chassis.operations.broker_nodes import NodeFigures, node_figures
from services.chassis.operations.outboxes import ServiceFigures, service_figures
from services.chassis.operations.places import databases, readers_of_streams, senders, service_names
from services.chassis.operations.queues import DeadLetterFigures, QueueFigures, queue_figures
from services.chassis.relay.outbox import Outboxes


@dataclass
class PlatformFigures:
    """The figures of one moment."""

    at: datetime
    queues: list[QueueFigures]
    services: list[ServiceFigures]
    streams: list[StreamFigures]
    nodes: list[NodeFigures] = field(default_factory=list)


class Observer:
    """Looks at the platform again and again; `services` narrows it to these. Use it as a context manager."""

    def __init__(self, settings: Settings, services: list[str] | None = None):
        self.settings = settings
        self.names = services or service_names()
        self.dead_letters = DeadLetterFigures()
        self.stack = ExitStack()

    def __enter__(self) -> "Observer":
        self.opened = self.stack.enter_context(databases(self.settings, self.names))
        self.outboxes = {name: Outboxes(database) for name, database in self.opened.items()}
        return self

    def __exit__(self, *raised) -> None:
        self.stack.close()

    def look(self) -> PlatformFigures:
        """Give the figures of now; raises OSError, AMQPError or PyMongoError where a part is away."""
        connection = transport.connect(self.settings.amqp_uri, "counts", heartbeat=0)
        try:
            now = utc_now()
            queues = queue_figures(self.settings, connection, self.opened, self.dead_letters, now)
            sending = senders(self.names)
            services = [
                service_figures(name, outboxes, now, sending.get(name, ()))
                for name, outboxes in self.outboxes.items()
            ]
            streams = stream_figures(self.settings, readers_of_streams(self.opened), now)
            return PlatformFigures(now, queues, services, streams, node_figures(self.settings))
        finally:
            transport.close_quietly(connection)
