"""One channel that consumes one queue: bursts of deliveries in, acknowledgements out."""

import threading
import time
from datetime import datetime

from services.chassis.amqp import transport
from services.chassis.amqp.frames import acknowledging
from services.chassis.events.delivery import Delivery, read


class Subscription:
    """A consuming channel on a connection of its own.

    It is never cancelled while deliveries are in hand: RabbitMQ makes the next consumer active at once, with
    the messages after them, and the order would be lost. Closing the channel gives them back, in order,
    first.
    """

    def __init__(self, uri: str, queue: str, prefetch: int):
        self.connection = transport.connect(uri, f"listens {queue}")
        self.alive = True
        self.prefetch = prefetch
        self.writing = threading.Lock()
        self.arrived: list[Delivery] = []
        self.unanswered: dict[int, bool] = {}
        self.happened: dict[int, datetime] = {}
        self.answering = False
        try:
            self.channel = self.connection.channel()
            # a closed channel forgets its number, and workers may still be answering then
            self.number = self.channel.channel_id
            # a body that claims utf-8 and is not would kill the channel's reader
            self.channel.auto_decode = False
            self.channel.basic_qos(0, prefetch, False)
            self.channel.basic_consume(queue, callback=self._arrived)
        except transport.OUTAGES:
            self.close()
            raise

    def burst(self, seconds: float) -> list[Delivery]:
        """Wait at most so long for a delivery, take all that are there; raises transport.OUTAGES."""
        self._beat()
        try:
            self.connection.drain_events(timeout=seconds)
            while len(self.arrived) < self.prefetch and self.connection.has_more():
                self.connection.drain_events(timeout=seconds)
        except TimeoutError:
            pass
        taken, self.arrived = self.arrived, []
        return taken

    def keep(self) -> None:
        """Stay connected while nothing new is taken."""
        self._beat()

    def ack(self, *deliveries: Delivery) -> None:
        """Acknowledge; on a dead channel the broker delivers the messages again, so nothing is lost.

        What others have finished meanwhile goes with it: one acknowledgement of many costs the broker little more than one
        of one. It is on its way before this returns, or before another `ack` does that is under way.
        """
        self.unanswered.update((delivery.tag, True) for delivery in deliveries)
        if self.answering:
            return
        self.answering = True
        time.sleep(0)
        try:
            with self.writing:
                self.answering = False
                frames = self._answers()
                if self.alive and frames:
                    transport.write(self.connection, frames)
        except transport.OUTAGES:
            self.alive = False

    def _answers(self) -> bytes:
        """Give the frames for all that is done: one for everything up to the first delivery that is still in hand."""
        channel, up_to, single = self.number, 0, []
        whole = True
        for tag, done in list(self.unanswered.items()):
            if not done:
                whole = False
                continue
            del self.unanswered[tag]
            self.happened.pop(tag, None)
            if whole:
                up_to = tag
            else:
                single.append(tag)
        frames = [acknowledging(channel, up_to, True)] if up_to else []
        return b"".join(frames + [acknowledging(channel, tag, False) for tag in single])

    def times(self) -> list[datetime]:
        """Give when the events happened that are in hand."""
        return list(self.happened.values())

    def close(self) -> None:
        """Close; what was not acknowledged goes back to the head of the queue."""
        with self.writing:
            self.alive = False
            transport.close_quietly(self.connection)

    def _arrived(self, message) -> None:
        delivery = read(message)
        self.unanswered[delivery.tag] = False
        if delivery.event:
            self.happened[delivery.tag] = delivery.event.time
        self.arrived.append(delivery)

    def _beat(self) -> None:
        with self.writing:
            if not self.alive:
                raise ConnectionError("the consuming channel is dead")
            self.connection.heartbeat_tick()
