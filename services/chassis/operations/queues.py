"""Figures of the queues: capabilities', retry queues, dead letters."""

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from amqp.exceptions import NotFound
from pymongo.database import Database

from services.chassis.amqp import management
from services.chassis.amqp.topology import DEAD_LETTERS, retry_name
from services.chassis.amqp.transport import Connection, virtual_host
from services.chassis.core.ages import Age, age_of
from services.chassis.core.settings import Settings
from services.chassis.listeners.retries import HELD
from services.chassis.operations.backlog import oldest_in
from services.chassis.operations.dead_letter_queue import DeadLetterQueue, origin
from services.chassis.storage.queue_counters import tallies

LETTERS_READ = 1000
"""Dead letters that are looked at, at most, to tell where they come from."""


@dataclass
class QueueFigures:
    """One queue. `waiting`: its messages in retry queues now; `retried`, `given_up`: ever; `dead`: letters there are now."""

    name: str
    kind: str
    ready: int = 0
    unacknowledged: int = 0
    consumers: int = 0
    oldest: Age | None = None
    waiting: int = 0
    retried: int = 0
    given_up: int = 0
    dead: int = 0


@dataclass
class DeadLetterFigures:
    """The dead letters by origin, as last read; read again only when their number has changed."""

    depth: int = 0
    by_origin: Counter = field(default_factory=Counter)
    oldest: datetime | None = None

    def read(self, connection: Connection, depth: int) -> None:
        """Take the oldest letters and give them back, in their places."""
        if depth == self.depth:
            return
        self.depth, self.by_origin, self.oldest = depth, Counter(), None
        if depth:
            dead = DeadLetterQueue(connection)
            letters = dead.all(LETTERS_READ)
            dead.close()
            self.by_origin = Counter(origin(letter) for letter in letters)
            self.oldest = min(filter(None, map(_failed_at, letters)), default=None)


def queue_figures(
    settings: Settings,
    connection: Connection,
    opened: dict[str, Database],
    dead_letters: DeadLetterFigures,
    now: datetime,
) -> list[QueueFigures]:
    """Give the figures of every queue of these services and of the shared ones; queues of RPC are left out."""
    keys = management.binding_keys(settings)
    rows, ttl = [], {}
    for told in management.queues(settings, virtual_host(settings.amqp_uri)):
        kind = _kind(told["name"], opened)
        counted = _counted(connection, told, kind) if kind else None
        if counted:
            rows.append(counted)
            ttl[told["name"]] = told.get("arguments", {}).get("x-message-ttl", 0) / 1000
    dead_letters.read(connection, sum(row.ready for row in rows if row.kind == "dead letters"))
    for row in rows:
        depth = row.ready + row.unacknowledged
        if row.kind == "capability":
            row.oldest = oldest_in(opened, keys.get(row.name, []), depth, now)
            row.dead = dead_letters.by_origin[row.name]
        elif row.kind == "retry" and depth:
            row.oldest = Age(ttl[row.name], "at most", 0.0)
        elif row.kind == "dead letters" and dead_letters.oldest:
            row.oldest = age_of(dead_letters.oldest, now)
    _add_counters(rows, opened)
    return sorted(rows, key=lambda row: (row.kind, row.name))


def _kind(name: str, opened: dict[str, Database]) -> str:
    if name == DEAD_LETTERS:
        return "dead letters"
    if name.startswith(retry_name(0).removesuffix("0s")):
        return "retry"
    named = re.fullmatch(r"([a-z0-9_]+)\..+\.v[0-9]+", name)
    return "capability" if named and named[1] in opened else ""


def _counted(connection: Connection, told: dict, kind: str) -> QueueFigures | None:
    """The queue itself is asked too: the API is seconds late, also with a queue that is gone (None)."""
    channel = connection.channel()
    try:
        answer = channel.queue_declare(told["name"], passive=True)
    except NotFound:
        return None
    channel.close()
    unacknowledged = told.get("messages_unacknowledged", 0)
    return QueueFigures(told["name"], kind, answer.message_count, unacknowledged, answer.consumer_count)


def _add_counters(rows: list[QueueFigures], opened: dict[str, Database]) -> None:
    by_name = {row.name: row for row in rows}
    for database in opened.values():
        for name, tally in tallies(database).items():
            if name in by_name:
                by_name[name].retried = tally.get("retried", 0)
                by_name[name].given_up = tally.get("dead", 0)
        for held in database[HELD].find():
            queue = held["_id"].partition("|")[0]
            if queue in by_name:
                by_name[queue].waiting += len(held["pending"])


def _failed_at(letter) -> datetime | None:
    try:
        when = datetime.fromisoformat(letter.headers["x-failed-at"])
    except (KeyError, TypeError, ValueError):
        return None
    return when if when.tzinfo else None
