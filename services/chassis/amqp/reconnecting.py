"""The one loop that reads a connection to the broker: connect, drain until stopped, and all over again when it is lost."""

import logging
import threading
import time
from abc import ABC, abstractmethod
from typing import cast

import amqp

from services.chassis.amqp.transport import HEARTBEAT, OUTAGES, Connection, close_quietly, connect, drain
from services.chassis.core.backoff import Backoff, persist
from services.chassis.core.errors import DomainError

log = logging.getLogger(__name__)

PATIENCE = 5.0
"""Seconds that one read or write of the socket takes at most."""


class ReconnectingConsumer(ABC):
    """Consumes over one connection that is made anew whenever it is lost; a subclass says what, and what follows.

    Who calls `run` is the only reader of the socket; whoever writes to it besides holds `writing`. Threads are native ones
    or greenlets, gevent's or eventlet's. Made in the process that uses it: a connection does not survive a fork.
    """

    complaint = "the broker is not reachable, trying again"
    heartbeat = HEARTBEAT
    tick_seconds = 1.0
    """Seconds between two calls of `tick`, and until a stop is noticed."""
    outages: tuple[type[Exception], ...] = OUTAGES
    """What is waited out; anything else ends the reading."""

    def __init__(self, uri: str, name: str):
        self.uri, self.name = uri, name
        self.stopping = threading.Event()
        self.writing = threading.Lock()
        self.connection: Connection | None = None
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Consume in a thread of its own until `close`."""
        self._thread = threading.Thread(target=self.run, name=self.name, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """End the consuming and wait for that, some seconds at most."""
        self.stopping.set()
        if self._thread:
            self._thread.join(2 * PATIENCE)

    def run(self) -> None:
        """Consume until told to stop; an outage is complained of at first and then once a minute."""
        persist(self._consume, self.stopping, self.outages, self.complain)

    @abstractmethod
    def opened(self, channel: amqp.Channel) -> None:
        """Declare and consume over the new connection's channel."""

    def read(self) -> None:
        """Handle what comes until nothing more is wanted."""
        # who reads has opened
        connection, ticked = cast(Connection, self.connection), time.monotonic()
        while self.goes_on():
            drain(connection, self.tick_seconds)
            if time.monotonic() - ticked >= self.tick_seconds:
                with self.writing:
                    connection.heartbeat_tick()
                self.tick()
                ticked = time.monotonic()

    def goes_on(self) -> bool:
        """Tell whether to read on."""
        return not self.stopping.is_set()

    def tick(self) -> None:
        """Do what is due from time to time, beside the heartbeat."""

    def lost(self) -> None:
        """Forget what belonged to the connection, which is still to be closed; also called where none came about."""

    def complain(self, error: Exception) -> None:
        """Say that the broker is away, or what else is wrong."""
        fault = None if isinstance(error, (*OUTAGES, DomainError)) else error
        log.warning(
            self.complaint, extra={"connection": self.name, "exception": repr(error)[:200]}, exc_info=fault
        )

    def _consume(self, backoff: Backoff) -> None:
        try:
            self.connection = connect(self.uri, self.name, self.heartbeat, PATIENCE)
            channel = self.connection.channel()
            # a body that claims utf-8 and is not would kill the reader
            channel.auto_decode = False
            self.opened(channel)
            backoff.reset()
            self.read()
        finally:
            self.lost()
            connection, self.connection = self.connection, None
            close_quietly(connection)
