"""One channel that consumes one queue: bursts of deliveries in, acknowledgements out."""

import select
import threading

from services.chassis import broker
from services.chassis.listeners.delivery import Delivery, read


class Subscription:
    """A consuming channel on a connection of its own.

    It is never cancelled while deliveries are in hand: RabbitMQ makes the next consumer active at once, with
    the messages after them, and the order would be lost. Closing the channel gives them back, in order,
    first.
    """

    def __init__(self, uri: str, queue: str, prefetch: int):
        self.connection = broker.connect(uri, f"listens {queue}")
        self.alive = True
        self.prefetch = prefetch
        self.writing = threading.Lock()
        self.arrived: list[Delivery] = []
        try:
            self.channel = self.connection.channel()
            # a body that claims utf-8 and is not would kill the channel's reader
            self.channel.auto_decode = False
            self.channel.basic_qos(0, prefetch, False)
            self.channel.basic_consume(queue, callback=self._arrived)
        except broker.OUTAGES:
            self.close()
            raise

    def burst(self, seconds: float) -> list[Delivery]:
        """Wait at most so long for a delivery, take all that are there; raises broker.OUTAGES."""
        self._beat()
        try:
            self.connection.drain_events(timeout=seconds)
            while len(self.arrived) < self.prefetch and self._readable():
                self.connection.drain_events(timeout=seconds)
        except TimeoutError:
            pass
        taken, self.arrived = self.arrived, []
        return taken

    def keep(self) -> None:
        """Stay connected while nothing new is taken."""
        self._beat()

    def ack(self, delivery: Delivery) -> None:
        """Acknowledge; on a dead channel the broker delivers the message again, so nothing is lost."""
        try:
            with self.writing:
                if self.alive:
                    self.channel.basic_ack(delivery.tag)
        except broker.OUTAGES:
            self.alive = False

    def close(self) -> None:
        """Close; what was not acknowledged goes back to the head of the queue."""
        with self.writing:
            self.alive = False
            broker.close_quietly(self.connection)

    def _arrived(self, message) -> None:
        self.arrived.append(read(message))

    def _beat(self) -> None:
        with self.writing:
            if not self.alive:
                raise ConnectionError("the consuming channel is dead")
            self.connection.heartbeat_tick()

    def _readable(self) -> bool:
        return bool(select.select([self.connection.sock], [], [], 0)[0])
