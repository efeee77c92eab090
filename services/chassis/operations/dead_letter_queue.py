"""The queue of dead letters, as an operator's command sees it."""

import math
from collections.abc import Iterable

from services.chassis.amqp.publishing import ConfirmingChannel, Outgoing
from services.chassis.amqp.topology import DEAD_LETTERS
from services.chassis.amqp.transport import Connection
from services.chassis.core.calls import utc_now
from services.chassis.events.delivery import ATTEMPT, WAITING, Delivery, read

OWN_HEADERS = (ATTEMPT, WAITING, "x-origin-queue", "x-error", "x-trace", "x-failed-at")


class DeadLetterQueue:
    """The queue of dead letters, opened for one piece of an operator's work."""

    def __init__(self, connection: Connection):
        self.connection = connection
        self.channel = connection.channel()
        self.channel.auto_decode = False

    def all(self, at_most: float = math.inf) -> list[Delivery]:
        """Take messages without acknowledging them, oldest first; closing gives them back."""
        taken: list[Delivery] = []
        while len(taken) < at_most and (message := self.channel.basic_get(DEAD_LETTERS)):
            taken.append(read(message))
        return taken

    def redrive(self, letters: Iterable[Delivery]) -> tuple[int, list[str]]:
        """Send messages back to their queues, oldest first; gives how many went, why others did not."""
        out, sent, refusals = ConfirmingChannel(self.connection), 0, []
        for letter in letters:
            own = letter.copy_properties()["headers"]
            headers = {k: v for k, v in own.items() if k not in OWN_HEADERS}
            headers["x-redriven"] = utc_now().isoformat()
            properties = {**letter.properties, "headers": headers, "delivery_mode": 2}
            properties.setdefault("message_id", name_of(letter))
            why = out.publish([Outgoing("", origin(letter), letter.body, properties)])
            if why:
                refusals.append(f"{name_of(letter)}: {next(iter(why.values()))}")
                continue
            self.channel.basic_ack(letter.tag)
            sent += 1
        return sent, refusals

    def drop(self, letter: Delivery) -> None:
        """Acknowledge one message: it is gone."""
        self.channel.basic_ack(letter.tag)

    def close(self) -> None:
        """Give back, in their order, all messages that were taken and not settled."""
        self.channel.close()


def origin(letter: Delivery) -> str:
    """Give the queue that gave the message up: by our header, or by the broker's own."""
    named = letter.headers.get("x-origin-queue")
    return str(named or letter.headers.get("x-first-death-queue") or "")


def reason(letter: Delivery) -> str:
    """Give why: the handler's error, or what the broker says (delivery_limit: a process died over it)."""
    return str(letter.headers.get("x-error") or letter.headers.get("x-first-death-reason") or "unknown")


def name_of(letter: Delivery) -> str:
    """Give the message's full ID; what has none is called by its place in the queue."""
    return f"{letter.id or f'unnamed-{letter.tag}'}@{origin(letter)}"
