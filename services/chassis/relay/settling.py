"""What follows a confirm, in a thread of its own beside the publishing: archive the events, then clear their outboxes."""

import threading
from collections import deque
from collections.abc import Callable, Iterator

from pymongo.database import Database

from services.chassis.events import archive
from services.chassis.relay.outbox import Outboxes, PendingEvents

PARTS = 4
"""Parts that may wait for their archive before the publishing waits too."""


class Settling:
    """Archives, then clears: an event leaves its outbox only after the broker and the archive have it.

    Until its outbox is cleared, a document is found pending again; `fresh` tells what of it the broker has taken already.
    """

    def __init__(self, database: Database, outboxes: Outboxes, notify: Callable[[str], None]):
        self.database = database
        self.outboxes = outboxes
        self.notify = notify
        self.changed = threading.Condition()
        self.parts: deque[list[PendingEvents]] = deque()
        self.working = False
        self.stopping = False
        self.failure: Exception | None = None
        self.taken: dict[tuple, int] = {}
        self.cleared: list[PendingEvents] = []

    def add(self, done: list[PendingEvents]) -> None:
        """Take documents over; waits while too many wait already."""
        with self.changed:
            for pending in done:
                self.taken[pending.key] = pending.entries[pending.sent - 1]["sequence"]
            self.parts.append(done)
            self.changed.notify_all()
            self.changed.wait_for(lambda: len(self.parts) <= PARTS or self.failure)

    def check(self) -> None:
        """Raise what the thread met since; then everything that was not cleared is published again."""
        with self.changed:
            failure, self.failure = self.failure, None
            if failure:
                raise failure

    def forget_cleared(self) -> None:
        """Say that a new look at the outboxes begins: what was cleared before it cannot be found by it."""
        with self.changed:
            for pending in self.cleared:
                if self.taken.get(pending.key) == pending.entries[pending.sent - 1]["sequence"]:
                    del self.taken[pending.key]
            self.cleared.clear()

    def fresh(self, found: Iterator[PendingEvents]) -> Iterator[PendingEvents]:
        """Give the documents with only those events that the broker has not taken yet."""
        for pending in found:
            taken = self.taken.get(pending.key)
            if taken is not None:
                pending.entries = [entry for entry in pending.entries if entry["sequence"] > taken]
            if pending.entries:
                yield pending

    def stop(self, seconds: float) -> bool:
        """End the thread when all is written; tells whether it was in time."""
        with self.changed:
            self.stopping = True
            self.changed.notify_all()
            return self.changed.wait_for(lambda: not self.parts and not self.working, seconds)

    def work(self) -> None:
        """Write part after part until `stop`; the body of a thread of its own."""
        while (part := self._next()) is not None:
            failure = self._write(part)
            with self.changed:
                self.working = False
                if failure:
                    self.failure = failure
                    self.parts.clear()
                    self.taken.clear()
                    self.cleared.clear()
                else:
                    self.cleared += part
                self.changed.notify_all()
            if failure:
                self.notify(part[0].collection)

    def _next(self) -> list[PendingEvents] | None:
        with self.changed:
            self.changed.wait_for(lambda: self.parts or self.stopping)
            if not self.parts:
                return None
            self.working = True
            # all that waits in one write: the slower the disk, the larger the writes
            part = [pending for waiting in self.parts for pending in waiting]
            self.parts.clear()
            self.changed.notify_all()
            return part

    def _write(self, part: list[PendingEvents]) -> Exception | None:
        try:
            archive.append(self.database, [entry for p in part for entry in p.entries[: p.sent]])
            for collection in self.outboxes.clear(part):
                # what was pushed meanwhile notifies nobody itself
                self.notify(collection)
        except Exception as error:
            # also what nobody expected: the relay's own thread must meet it and end
            return error
        return None
