"""The ledger: what the writers were told is done, and what must therefore be found afterwards."""

import threading
from collections import Counter
from dataclasses import dataclass, field

from services.chassis.core.calls import write_call
from services.civic.actor import CivicActor

UNNAMED = "*"
"""The subject of a write whose answer names no aggregate: an anonymous report."""


@dataclass(frozen=True)
class Written:
    """One acknowledged write: where its key must stand, and the event that must have been told.

    `mark` is what tells the event from others of the same name and subject.
    """

    service: str
    collection: str
    subject: str
    key: str
    event: str
    mark: str = ""


@dataclass
class Ledger:
    """The acknowledged writes of all writers; safe to use from many threads."""

    writes: list[Written] = field(default_factory=list)
    states: dict[tuple[str, str, str], dict] = field(default_factory=dict)
    consequences: Counter = field(default_factory=Counter)
    resent: Counter = field(default_factory=Counter)
    refused: Counter = field(default_factory=Counter)
    unclear: Counter = field(default_factory=Counter)
    unfinished: list[str] = field(default_factory=list)

    def __post_init__(self):
        self.lock = threading.Lock()

    def keep(self, written: Written, state: dict, *consequences: tuple[str, str, str, str]) -> None:
        """Keep an acknowledged write, the state its answer told, and events that must follow from it."""
        with self.lock:
            self.writes.append(written)
            if written.subject != UNNAMED:
                self.states.setdefault((written.service, written.collection, written.subject), {}).update(
                    state
                )
            self.consequences.update(consequences)

    def expect(self, *consequences: tuple[str, str, str, str]) -> None:
        """Keep (service, event, subject, mark) of events that must follow though the write was refused."""
        with self.lock:
            self.consequences.update(consequences)

    def note(self, counter: Counter, what: str) -> None:
        """Count something that happened to a writer."""
        with self.lock:
            counter[what] += 1

    def events(self) -> Counter:
        """Give every event that must have been told: {(service, event, subject, mark): times}."""
        told = Counter((one.service, one.event, one.subject, one.mark) for one in self.writes)
        return told + self.consequences


def stored_key(actor_id: str, kind: str, route: str, client_key: str) -> str:
    """Give the form in which a service keeps a client's key."""
    return write_call(route, {}, CivicActor(actor_id, kind), client_key).key
