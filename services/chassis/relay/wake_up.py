"""The doorbell: collects in which collections something became pending, until the relay looks."""

import threading

from services.chassis.amqp import wake_ups
from services.chassis.core.settings import Settings


class WakeUpCollector:
    """Rings for the relay; what it misses while it is broken, the sweep finds."""

    def __init__(self, settings: Settings, service: str):
        self.settings = settings
        self.service = service
        self.changed = threading.Condition()
        self.rung: set[str] = set()
        self.everything = True
        self.ended = threading.Event()

    @property
    def stopping(self) -> bool:
        """Tell whether the relay is to end."""
        return self.ended.is_set()

    def wait(self, seconds: float) -> tuple[set[str], bool]:
        """Wait for a ring, at most so long; gives the collections, and whether to look everywhere."""
        with self.changed:
            self.changed.wait_for(lambda: self.rung or self.everything or self.stopping, max(0.0, seconds))
            collections, everywhere = self.rung, self.everything
            self.rung, self.everything = set(), False
            return collections, everywhere

    def ring(self, collection: str = wake_ups.ANYTHING) -> None:
        """Wake the relay for one collection, or for everything."""
        with self.changed:
            if collection:
                self.rung.add(collection)
            else:
                self.everything = True
            self.changed.notify_all()

    def stop(self) -> None:
        """Wake the relay for the last time."""
        self.ended.set()
        self.ring()

    def listen(self) -> None:
        """Hear what the service rings until `stop`; the body of a thread of its own."""
        wake_ups.hear(self.settings.amqp_uri, self.service, self.ring, self.ended)
