"""Hears which sessions end, through a queue of the process's own that disappears with its connection."""

import contextlib
import logging
import time

import amqp

from services.chassis.amqp.private_queues import declare_private_events, dropping_oldest
from services.chassis.amqp.reconnecting import ReconnectingConsumer
from services.chassis.core.errors import DomainError
from services.chassis.events.event import from_message

log = logging.getLogger(__name__)

ENDS = "identity.session.ended.#"
AGAIN_SECONDS = 10
"""How often identity is asked besides: where its relay is silent, an end takes effect this late at most."""


class SessionEndListener(ReconnectingConsumer):
    """Tells `ended` (RevokedSessions) of every end; begins with its making."""

    complaint = "cannot hear which sessions end"
    heartbeat = 5  # a line that is cut without a word is noticed after two of them
    outages = (Exception,)

    def __init__(self, uri: str, ended):
        super().__init__(uri, "gateway: ended sessions")
        self._ended = ended
        self._due = 0.0
        self.start()

    def opened(self, channel: amqp.Channel) -> None:
        """Consume the ends, then load: what ends while identity answers is heard as well."""
        queue = declare_private_events(channel, [ENDS], dropping_oldest(100_000))
        channel.basic_consume(queue, callback=self._arrived, no_ack=True)
        self._ended.load()
        self._due = time.monotonic() + AGAIN_SECONDS

    def tick(self) -> None:
        """Load again when it is time."""
        if time.monotonic() >= self._due:
            # where identity is away, nobody ends a session, and what its relay still tells is heard
            with contextlib.suppress(DomainError):
                self._ended.load()
            self._due = time.monotonic() + AGAIN_SECONDS

    def lost(self) -> None:
        """Say that from now on something may be missed."""
        self._ended.miss()

    def _arrived(self, message: amqp.Message) -> None:
        try:
            data = from_message(message.body, message.headers).data
            self._ended.note(data["session_id"], data["tokens_expire_at"])
        except (ValueError, KeyError, TypeError):
            log.error("an event of an ended session cannot be read")
            self._ended.miss()
