"""The one consumer of a queue: nameko's extension around subscription, keyed work and handling."""

import logging
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from functools import partial

from nameko.containers import WorkerContext
from nameko.extensions import Entrypoint, SharedExtension
from pymongo.errors import PyMongoError

from services.chassis.amqp import transport
from services.chassis.amqp.topology import queue_name
from services.chassis.core.ages import age_of
from services.chassis.core.backoff import Backoff, persist
from services.chassis.events.delivery import Delivery
from services.chassis.listeners.handling import OUTAGES, Handler, Handling
from services.chassis.listeners.keyed import KeyedWork, Together
from services.chassis.listeners.poison_messages import TRIES, PoisonMessages
from services.chassis.listeners.retries import RetryCopies
from services.chassis.listeners.subscription import Subscription
from services.chassis.storage.dependency_provider import DatabaseProvider
from services.chassis.storage.queue_counters import QueueCounters

log = logging.getLogger("services.chassis.listeners")

PREFETCH = 200
WORKERS = 16
BATCH = 100
"""Events that a batch handler gets at most."""


class QueueConsumer(SharedExtension):
    """Consumes one queue for all of its handlers; survives any outage of the broker and of MongoDB."""

    mongo = DatabaseProvider()

    def __init__(self, capability: str):
        super().__init__()
        self.capability = capability
        self.entrypoints: list[Entrypoint] = []
        self.stopping = threading.Event()
        self.stopped = threading.Event()
        self.started = False
        self.work = KeyedWork()
        self.together = Together()
        self.subscription: Subscription | None = None

    @property
    def sharing_key(self):
        """One consumer per queue and container."""
        return type(self), self.capability

    def join(self, entrypoint) -> None:
        """Add a handler; called by each entrypoint of the queue before the start."""
        self.entrypoints.append(entrypoint)

    def start(self):
        """Start to listen; returns at once, whether the broker is there or not."""
        settings, service = self.container.settings, self.container.service_name
        self.queue = queue_name(service, self.capability)
        self.database = self.mongo.database
        self.poison_messages = PoisonMessages(self.database, self.queue)
        self.copies = RetryCopies(settings.amqp_uri, f"copies for {self.queue}", QueueCounters(self.database))
        self.handling = Handling(self.queue, self.database, self.copies, settings.retry_delays)
        self.handling.handlers = self._handlers()
        self.started = True
        self.container.spawn_managed_thread(self._listen, identifier=f"listens {self.queue}")
        for number in range(min(WORKERS, settings.max_workers)):
            self.container.spawn_managed_thread(self._work, identifier=f"{self.queue} worker {number}")

    @property
    def consumes(self) -> bool:
        """Tell whether events reach it now, or would if it were its turn among several."""
        subscribed = self.subscription is not None and self.subscription.alive
        return subscribed and not self.stopping.is_set()

    @property
    def in_hand(self) -> int:
        """Tell how many events it has and has not acknowledged: of several consumers of the queue only the active one has any."""
        return len(self.subscription.unanswered) if self.subscription and self.subscription.alive else 0

    def oldest_seconds(self, now: datetime) -> float:
        """Tell how old the oldest event in hand surely is; as the queue is first in, first out, it is the queue's oldest."""
        if self.subscription is None or not self.subscription.alive:
            return 0.0
        return max((age_of(at, now).least for at in self.subscription.times()), default=0.0)

    def drain(self) -> None:
        """Take nothing new, wait for what is in hand, close."""
        self.stopping.set()
        if self.started:
            self.stopped.wait()

    def stop(self):
        """Close the connection that copies go over."""
        if self.started:
            self.copies.close()

    def _handlers(self) -> dict[str, Handler]:
        found: dict[str, Handler] = {}
        for entrypoint in self.entrypoints:
            declaration = entrypoint.declaration
            handler = Handler(partial(self._call, entrypoint), declaration.inbox, declaration.batch)
            for name in declaration.names:
                if name in found:
                    raise TypeError(f"two handlers hear {name} on {self.queue}: give one its own queue")
                found[name] = handler
        return found

    def _call(self, entrypoint, *arguments) -> None:
        """Call the handler on a fresh service object with its dependencies, as nameko's workers do."""
        service = self.container.service_cls()
        context = WorkerContext(self.container, service, entrypoint, arguments)
        for provider in self.container.dependencies:
            setattr(service, provider.attr_name, provider.get_dependency(context))
        getattr(service, entrypoint.method_name)(*arguments)

    def _listen(self) -> None:
        outages = (*transport.OUTAGES, PyMongoError)
        persist(self._consume, self.stopping, outages, partial(self._warn, "cannot listen, trying again"))
        self.work.close()
        self.stopped.set()

    def _consume(self, backoff: Backoff) -> None:
        # with MongoDB down, taking messages would only burn their deliveries
        self.database.command("ping")
        subscription = Subscription(self.container.settings.amqp_uri, self.queue, PREFETCH)
        self.subscription = subscription
        self.handling.begin()
        log.info("listening", extra={"queue": self.queue})
        try:
            while not self.stopping.is_set():
                arrived = subscription.burst(0.5)
                self._learn_held(arrived)
                self.work.put_all((delivery.aggregate, (subscription, delivery)) for delivery in arrived)
                if arrived:
                    backoff.tries = 0
        except BaseException:
            subscription.alive = False
            raise
        finally:
            self._finish(subscription)

    def _finish(self, subscription: Subscription) -> None:
        """Let what runs come to its end, with its acknowledgement, before the channel goes."""
        self.work.forget()
        while not self.work.wait_idle(1.0):
            if subscription.alive:
                try:
                    subscription.keep()
                except transport.OUTAGES:
                    subscription.alive = False
        subscription.close()

    def _learn_held(self, arrived: list[Delivery]) -> None:
        """Ask with a channel's first message; while it is not known, each delivery asks for itself."""
        if arrived:
            with suppress(PyMongoError):
                self.handling.learn_held()

    def _work(self) -> None:
        while (taken := self.work.take()) is not None:
            key, (subscription, delivery) = taken
            handler, more = self.handling.batch_handler(delivery), []
            if handler:
                more = self.work.take_more(BATCH - 1, partial(self._goes_with, subscription, handler))
            try:
                if more:
                    others = [other for _, (_, other) in more]
                    self._settle_together(subscription, handler, [delivery, *others])
                else:
                    self._settle(subscription, delivery)
            finally:
                self.work.done(key, *(other for other, _ in more))

    def _goes_with(self, subscription: Subscription, handler: Handler, item: tuple) -> bool:
        return item[0] is subscription and self.handling.batch_handler(item[1]) is handler

    def _settle_together(self, subscription: Subscription, handler: Handler, batch: list[Delivery]) -> None:
        """Handle a batch and acknowledge it; where that fails, each of it alone."""

        def work() -> None:
            with self.together.shared():
                done = self.handling.handle_together(handler, batch)
            if done:
                subscription.ack(*batch)
            else:
                alone.extend(batch)

        alone: list[Delivery] = []
        self._in_place(subscription, work)
        for delivery in alone:
            self._settle(subscription, delivery)

    def _settle(self, subscription: Subscription, delivery: Delivery) -> None:
        """Handle and acknowledge."""

        def work() -> None:
            self._handle(delivery)
            subscription.ack(delivery)

        self._in_place(subscription, work, event=delivery.id)

    def _in_place(self, subscription: Subscription, work: Callable[[], None], **about) -> None:
        """Do it; in an outage wait in place, until the channel dies or the service stops."""
        backoff = Backoff()
        while subscription.alive:
            try:
                return work()
            except (*OUTAGES, PyMongoError) as error:
                if backoff.should_speak():
                    self._warn("waiting for an outage to end", error, **about)
            if self.stopping.wait(backoff.seconds()):
                return

    def _handle(self, delivery: Delivery) -> None:
        if not delivery.crashes or delivery.event is None:
            with self.together.shared():
                self.handling.handle(delivery)
            return
        with self.together.exclusive(), self.poison_messages.watched(delivery.id) as before:
            if before >= TRIES:
                self.handling.give_up(delivery, f"KilledItsProcess ({before} times)")
            else:
                self.handling.handle(delivery)

    def _warn(self, sentence: str, error: Exception, **about) -> None:
        log.warning(sentence, extra={"queue": self.queue, "failure": type(error).__name__, **about})
