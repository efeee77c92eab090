"""Listeners: the endpoints of a service for events.

    class NotificationListeners:
        notices = Provided(NoticeStore)

        @hears("identity.resident.certified", "identity.resident.rejected", queue="notifications")
        def on_identity_resident(self, event, call):
            usecases.notify(self.notices, event, call)

A handler gets the `Envelope` and a `Call` whose key is the event's id. Events come at least once, in order
per aggregate and at the same time for different ones. Returning means done; raising means again later
(settings.retry_delays), at last the dead letters. An effect must bear being repeated: a Store's key or a
Projection's sequence guards it; `inbox=True` guards any other effect in MongoDB with one transaction. Imports no
eventlet.

With `batch=True` a handler gets a list of (event, call), each of another aggregate, and does them in one write: for
copies, which hear everything. Where it raises, it gets each of them in a list of its own.
"""

from collections.abc import Callable
from dataclasses import dataclass

from nameko.extensions import Entrypoint, register_entrypoint

from services.chassis.amqp.topology import binding_key
from services.chassis.listeners.consumer import QueueConsumer


@dataclass(frozen=True)
class ListenerDeclaration:
    """What one handler hears: event names without prefix and version ("#": all), and on which queue.

    With a `selector` only those of the events that hold this field, which their classes name as a selector.
    """

    names: tuple[str, ...]
    queue: str
    inbox: bool = False
    batch: bool = False
    selector: str = ""

    @property
    def keys(self) -> list[str]:
        """The keys that bind the queue."""
        return [binding_key(name, self.selector) for name in self.names]


def hears(
    *names: str, queue: str, inbox: bool = False, batch: bool = False, selector: str = ""
) -> Callable[[Callable], Callable]:
    """Make a method the handler of these events on the service's queue `<service>.<queue>.v1`.

    Handlers may share a queue, one handler per event name; all handlers of a queue are in order with each
    other.
    """
    if not names or not all(isinstance(name, str) for name in names):
        raise TypeError("hears() takes the names of events, such as 'service.noun.verb'")

    if inbox and batch:
        raise TypeError("a batch has no inbox: its effect must bear being repeated")

    def mark(method: Callable) -> Callable:
        declaration = ListenerDeclaration(names, queue, inbox, batch, selector)
        method.hears = declaration  # type: ignore[attr-defined]  # a mark that `declare` reads
        register_entrypoint(method, EventEntrypoint(declaration))
        return method

    return mark


class EventEntrypoint(Entrypoint):
    """nameko's view of one handler; the consumer of its queue is shared by all handlers of that queue."""

    def __init__(self, declaration: ListenerDeclaration):
        super().__init__()
        self.declaration = declaration
        self.consumer = QueueConsumer(declaration.queue)

    def setup(self):
        """Join the queue's consumer before it starts."""
        self.consumer.join(self)

    def stop(self):
        """Return when what the queue's consumer has in hand is done."""
        self.consumer.drain()
