"""What is done with one delivery: find its handler, keep the order, run it, settle how it ended."""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from pymongo.database import Database
from pymongo.errors import ConnectionFailure, PyMongoError, WTimeoutError

from services.chassis.amqp.topology import DEAD, EVERYTHING, retry_name
from services.chassis.core import metrics, tracing
from services.chassis.core.calls import event_call, utc_now
from services.chassis.core.context import working_on
from services.chassis.core.errors import AlreadyAnswered, Unavailable, VersionConflict
from services.chassis.events.delivery import ATTEMPT, WAITING, Delivery
from services.chassis.events.event import DECLARED, Envelope
from services.chassis.listeners.failure import describe, frames
from services.chassis.listeners.retries import HeldBack, RetryCopies
from services.chassis.storage.inbox import AppliedBefore, apply_once

log = logging.getLogger("services.chassis.listeners")

OUTAGES = (ConnectionFailure, WTimeoutError, ConnectionError, TimeoutError, Unavailable)
"""What a handler raises where a part is down: it waits in place, no attempt is burnt."""

HANDLED = metrics.counter(
    "xiangzhi_events_handled_total",
    "events that a listener was given; outcome is ok, retried or given_up",
    "service",
    "queue",
    "outcome",
)

RACES = 5
"""Times that a lost optimistic write is tried again at once."""


@dataclass(frozen=True)
class Handler:
    """One handler of the queue: `run` takes (event, call), with `batch` a list of (event, call)."""

    run: Callable
    inbox: bool = False
    batch: bool = False


class Handling:
    """Handles the deliveries of one queue; `handle` returns when the message may be acknowledged."""

    def __init__(self, queue: str, database: Database, copies: RetryCopies, delays: tuple[float, ...]):
        self.queue = queue
        self.database = database
        self.copies = copies
        self.delays = delays
        self.held = HeldBack(database, queue)
        self.holding: set[str] = set()
        self.knows_held = False
        self.handlers: dict[str, Handler] = {}

    def handle(self, delivery: Delivery) -> None:
        """Do all that this delivery asks for; raises OUTAGES or PyMongoError where it must be done again."""
        if delivery.event is None:
            self.give_up(delivery, delivery.fault)
            return
        handler = self._handler_of(delivery.event)
        if handler is None:
            self.give_up(delivery, f"NoHandler ({delivery.event.type} is not handled here)")
            return
        event = delivery.event
        with (
            working_on(event.correlation, event.traceparent),
            tracing.step(f"process {self.queue}", "consumer", **self._traced(event)),
        ):
            self._in_order(delivery, handler)

    def begin(self) -> None:
        """Begin with a new channel: whoever was the queue's active consumer meanwhile may have held more."""
        self.knows_held = False

    def learn_held(self) -> None:
        """Ask once for everything that is held, when the first message of a channel has come; raises PyMongoError.

        The broker delivers a message only when all before it are acknowledged (then their failure was noted first) or were
        delivered to us, and it has one active consumer: from now on only we add to what is held.
        """
        if not self.knows_held:
            self.holding |= self.held.aggregates()
            self.knows_held = True

    def batch_handler(self, delivery: Delivery) -> Handler | None:
        """Give the handler that takes this delivery together with others; None where it must go its own way."""
        if delivery.event is None or delivery.crashes or delivery.attempt or delivery.waited:
            return None
        if self._may_be_held(delivery.aggregate):
            return None
        handler = self._handler_of(delivery.event)
        return handler if handler and handler.batch else None

    def handle_together(self, handler: Handler, deliveries: list[Delivery]) -> bool:
        """Run a batch; False where it failed: then each must be handled alone, to find the one that fails.

        Raises OUTAGES where it must be done again.
        """
        events = [delivery.envelope for delivery in deliveries]
        name = f"process {self.queue}"
        begun = [tracing.begin(name, "consumer", one.traceparent, **self._traced(one)) for one in events]
        try:
            handler.run([(event, event_call(event.id, event.data, event.time)) for event in events])
        except OUTAGES:
            raise
        except Exception as error:
            seen = {"queue": self.queue, "events": len(events), "failure": describe(error)}
            log.info("a batch failed: each of its events alone", extra=seen)
            return False
        finally:
            for step in filter(None, begun):
                step.end()
        for delivery in deliveries:
            self._say(logging.DEBUG, "heard", delivery)
        self._count("ok", len(deliveries))
        return True

    def give_up(self, delivery: Delivery, error: str, trace: str = "") -> None:
        """Park a confirmed copy in the dead letters; the later events of the aggregate flow from now on."""
        headers: dict = {"x-origin-queue": self.queue, "x-error": error, "x-trace": trace}
        headers |= {"x-failed-at": utc_now().isoformat(), ATTEMPT: delivery.attempt + 1}
        self.copies.send(DEAD, self.queue, delivery.body, delivery.copy_properties(**headers))
        self._count("given_up")
        if delivery.event:
            self._release(delivery)
        self._say(logging.ERROR, "given up: it is in the dead letters", delivery, failure=error)

    def _may_be_held(self, aggregate: str) -> bool:
        return not self.knows_held or aggregate in self.holding

    def _handler_of(self, event: Envelope) -> Handler | None:
        handler = self.handlers.get(event.name)
        if handler and event.version in _known_versions(event.name):
            return handler
        return None if handler else self.handlers.get(EVERYTHING)

    def _in_order(self, delivery: Delivery, handler: Handler) -> None:
        """Run the event, unless an earlier one of its aggregate is on its way through a retry queue."""
        aggregate, sequence = delivery.aggregate, delivery.envelope.sequence
        retried = delivery.attempt or delivery.waited
        pending: list[int] = []
        delay: float | None = None
        if retried or self._may_be_held(aggregate):
            pending, delay = self.held.pending(aggregate)
            if not pending:
                self.holding.discard(aggregate)  # an operator has let it go
        if pending and pending[0] < sequence:
            self._wait_behind(delivery, delay or self.delays[0])
        elif self._run(delivery, handler) and pending:
            self._release(delivery)

    def _run(self, delivery: Delivery, handler: Handler) -> bool:
        """Run the handler; tells whether the event is done (else it was sent on its way)."""
        try:
            self._call(delivery.envelope, handler)
        except (AlreadyAnswered, AppliedBefore):
            self._say(logging.DEBUG, "heard before", delivery)
        except OUTAGES:
            raise
        except Exception as error:
            if _held_by_another_transaction(error):
                raise
            self._failed(delivery, error)
            return False
        else:
            self._say(logging.DEBUG, "heard", delivery)
        self._count("ok")
        return True

    def _call(self, event: Envelope, handler: Handler) -> None:
        def effect():
            call = event_call(event.id, event.data, event.time)
            handler.run([(event, call)]) if handler.batch else handler.run(event, call)

        for race in range(RACES):
            try:
                if handler.inbox:
                    apply_once(self.database, self.queue, f"{event.source}|{event.id}", effect)
                else:
                    effect()
                return
            except VersionConflict:
                if race == RACES - 1:
                    raise

    def _failed(self, delivery: Delivery, error: Exception) -> None:
        attempt = delivery.attempt + 1
        if attempt > len(self.delays):
            self.give_up(delivery, describe(error), frames(error))
            return
        delay = self.delays[attempt - 1]
        self._send_round(delivery, delay, {ATTEMPT: attempt})
        self._count("retried")
        self._say(logging.WARNING, f"failed: again in {delay:g} s", delivery, failure=describe(error))

    def _traced(self, event: Envelope) -> dict[str, str]:
        """Give what a trace tells of an event: its name and where it was heard, no id, which may be a person's."""
        place = {"messaging__system": "rabbitmq", "messaging__destination__name": self.queue}
        return {**place, "messaging__operation__type": "process", "xiangzhi__event": event.name}

    def _count(self, outcome: str, events: int = 1) -> None:
        HANDLED.labels(self.queue.partition(".")[0], self.queue, outcome).inc(events)

    def _wait_behind(self, delivery: Delivery, delay: float) -> None:
        self._send_round(delivery, delay, {WAITING: delivery.waited + 1})
        self._say(logging.INFO, "waits behind an earlier event of its aggregate", delivery)

    def _send_round(self, delivery: Delivery, delay: float, headers: dict) -> None:
        """Note the sequence first, then publish: a crash between them only means that it comes again."""
        self.holding.add(delivery.aggregate)
        self.held.hold(delivery.aggregate, delivery.envelope.sequence, delay if ATTEMPT in headers else None)
        properties = delivery.copy_properties(**headers)
        self.copies.send(retry_name(delay), self.queue, delivery.body, properties)

    def _release(self, delivery: Delivery) -> None:
        if self.held.release(delivery.aggregate, delivery.envelope.sequence, self.delays[0]):
            self.holding.discard(delivery.aggregate)

    def _say(self, level: int, message: str, delivery: Delivery, **more) -> None:
        if log.isEnabledFor(level):
            seen = {"event": delivery.id, "type": delivery.type, "queue": self.queue}
            log.log(level, message, extra={**seen, "attempt": delivery.attempt, **more})


def _held_by_another_transaction(error: Exception) -> bool:
    """Tell whether a transaction of somebody else is in the way: it ends, so no attempt is burnt.

    A process that was killed in the middle of one leaves it open on the server for a minute and more
    (transactionLifetimeLimitSeconds); until then every try of the same event meets it.
    """
    return isinstance(error, PyMongoError) and error.has_error_label("TransientTransactionError")


def _known_versions(name: str) -> set[int]:
    """Give the versions of an event that this process knows; where its contract was not imported: 1."""
    return {version for declared, version in DECLARED if declared == name} or {1}
