"""Hears which sessions end, through a queue of the process's own that disappears with its connection."""

import logging
import threading
import time
from contextlib import suppress

from services.chassis.amqp import publishing
from services.chassis.amqp.topology import DEAD_LETTERS, EXCHANGE
from services.chassis.core.backoff import Backoff
from services.chassis.core.errors import DomainError
from services.chassis.events.event import from_message

log = logging.getLogger("gateway.invalidation_listener")

ENDS = "identity.session.ended.#"
HEARTBEAT_SECONDS = 5
"""A line that is cut without a word is noticed after two of them."""

AGAIN_SECONDS = 10
"""How often identity is asked besides: where its relay is silent, an end takes effect this late at most."""

OWN_QUEUE = {"x-max-length": 100_000, "x-overflow": "drop-head"}


def hear(uri: str, ended, stopping: threading.Event) -> None:
    """Tell `ended` of every end until told to stop; survives every outage of the broker."""
    backoff = Backoff()
    while not stopping.is_set():
        connection = None
        try:
            connection = publishing.connect(uri, "gateway: ended sessions", heartbeat=HEARTBEAT_SECONDS)
            _listen(connection.channel(), ended)
            # after the queue is bound: what ends while identity answers is heard as well
            ended.load()
            backoff = Backoff()
            _follow(connection, ended, stopping)
        except (*publishing.OUTAGES, DomainError) as error:
            if backoff.should_speak():
                log.warning("cannot hear which sessions end", extra={"reason": type(error).__name__})
        finally:
            ended.miss()
            publishing.close_quietly(connection)
        stopping.wait(backoff.seconds())


def _listen(channel, ended) -> None:
    def arrived(message) -> None:
        try:
            data = from_message(message.body, message.headers).data
            ended.note(data["session_id"], data["tokens_expire_at"])
        except (ValueError, KeyError, TypeError):
            log.error("an event of an ended session cannot be read")
            ended.miss()

    channel.auto_decode = False
    # where nothing is declared, our queue alone would make the relay believe that somebody wants its events
    channel.queue_declare(DEAD_LETTERS, passive=True)
    queue = channel.queue_declare(
        "", exclusive=True, durable=False, auto_delete=True, arguments=OWN_QUEUE
    ).queue
    channel.queue_bind(queue, EXCHANGE, ENDS)
    channel.basic_consume(queue, callback=arrived, no_ack=True)


def _follow(connection, ended, stopping: threading.Event) -> None:
    due = time.monotonic() + AGAIN_SECONDS
    while not stopping.is_set():
        connection.heartbeat_tick()
        with suppress(TimeoutError):
            connection.drain_events(timeout=1.0)
        if time.monotonic() >= due:
            # where identity is away, nobody ends a session, and what its relay still tells is heard
            with suppress(DomainError):
                ended.load()
            due = time.monotonic() + AGAIN_SECONDS
