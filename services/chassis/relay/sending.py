"""Publishing with a bounded number of events on their way, strictly one after the other for each aggregate."""

from collections import deque
from collections.abc import Callable, Iterator
from itertools import islice

from services.chassis.amqp.publishing import ConfirmingChannel, Outgoing
from services.chassis.amqp.topology import EXCHANGE
from services.chassis.core import tracing
from services.chassis.events.event import key_of, message_of
from services.chassis.relay.outbox import PendingEvents


class Sending:
    """One pass over documents with pending events; documents must be distinct.

    An aggregate's next event goes out only when the broker has taken the one before: a nack or a return can hit any
    message, so a later event could overtake. `settle` is called with documents whose events the broker has taken, `keep`
    with one whose event it refused, `note` with each event that it has taken.
    """

    def __init__(
        self,
        channel: ConfirmingChannel,
        window: int,
        settle: Callable[[list[PendingEvents]], None],
        keep: Callable[[PendingEvents, str], None],
        note: Callable[[dict], None] = lambda entry: None,
    ):
        self.channel = channel
        self.window = window
        self.settle = settle
        self.keep = keep
        self.note = note
        self.on_their_way: dict[int, PendingEvents] = {}
        self.ready: deque[PendingEvents] = deque()
        self.done: list[PendingEvents] = []
        self.steps: dict[int, tracing.TraceStep] = {}
        self.taken = 0

    def run(self, waiting: Iterator[PendingEvents]) -> int:
        """Publish all that waits; gives the number of events that the broker took. Raises what the channel raises."""
        try:
            while self._send(waiting) or self.on_their_way:
                self._receive()
                if len(self.done) >= self._half:
                    self._hand_over()
        finally:
            # also after a failure: what the broker has taken need not be sent again
            self.done += [p for p in (*self.ready, *self.on_their_way.values()) if p.sent]
            self._hand_over()
        return self.taken

    @property
    def _half(self) -> int:
        return max(1, self.window // 2)

    def _send(self, waiting: Iterator[PendingEvents]) -> int:
        """Send when half of the window is free: few large writes, and the broker never waits for us."""
        room = self.window - len(self.on_their_way)
        if room < self._half:
            return 0
        part = [self.ready.popleft() for _ in range(min(room, len(self.ready)))]
        part += islice(waiting, room - len(part))
        if part:
            entries = [pending.entries[pending.sent] for pending in part]
            steps = [_begin(entry) for entry in entries] if tracing.is_on() else [None] * len(part)
            numbers = self.channel.send([message_of_entry(*one) for one in zip(entries, steps, strict=True)])
            self.on_their_way.update(zip(numbers, part, strict=True))
            self.steps.update((number, step) for number, step in zip(numbers, steps, strict=True) if step)
        return len(part)

    def _receive(self) -> None:
        full = self.window - len(self.on_their_way) < self._half
        for number, why in self.channel.settled(wait=full or not self.ready):
            pending = self.on_their_way.pop(number)
            if step := self.steps.pop(number, None):
                step.end()
            if why:
                self.keep(pending, why)
            else:
                self.note(pending.entries[pending.sent])
                pending.sent += 1
                self.taken += 1
            if pending.next:
                self.ready.append(pending)
            elif pending.sent:
                self.done.append(pending)

    def _hand_over(self) -> None:
        if self.done:
            done, self.done = self.done, []
            self.settle(done)


def _begin(entry: dict) -> tracing.TraceStep | None:
    """Begin what the trace of the event's cause knows of its way to the broker; what hears it continues that."""
    name = entry["type"].removeprefix("xiangzhi.").rpartition(".v")[0]
    told = {"messaging__system": "rabbitmq", "messaging__destination__name": EXCHANGE}
    told |= {"messaging__operation__type": "send", "xiangzhi__event": name}
    return tracing.begin(f"send {EXCHANGE}", "producer", entry["traceparent"], **told)


def message_of_entry(entry: dict, step: tracing.TraceStep | None = None) -> Outgoing:
    """Give the message that an outbox's or an archive's event is sent as; with a step of a trace it continues that."""
    body, properties = message_of({**entry, "traceparent": step.traceparent} if step else entry)
    return Outgoing(
        EXCHANGE, key_of(entry["type"], entry["region"], entry.get("selectors", "")), body, properties
    )
