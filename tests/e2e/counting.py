"""What one request asks of the database through all processes, and what it sends through the broker: counted, never timed.

The database's own profiler sees every command with the process that sent it. What daemons and timers ask while nothing happens is left
out, and of two runs the least counts, for a timer may run beside any of them.
"""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from tests.e2e.platform import Platform, management

SERVICES = ("identity", "affairs", "market", "integrity")
RUNS = 2
CALM_SECONDS = 1.0
"""How long nothing new may come until all that a request has caused is over."""
STATISTICS_SECONDS = 6.0
"""The broker tells what its queues have taken every five seconds."""
LATE_SECONDS = 30.0
"""And later where the machine is busy."""


@dataclass(frozen=True)
class Cost:
    """What one act asks of the database, as {"process collection command fields": times}, and the queues that it wakes."""

    commands: dict[str, int]
    messages: dict[str, int]


class Counting:
    """Counts on a platform that does nothing else."""

    def __init__(self, platform: Platform):
        self.platform = platform
        self.databases = {service: platform.database(service) for service in SERVICES}
        self.idle: set[str] = set()
        self.idle = set(self._once(lambda: time.sleep(8)))
        self.taken = self._taken()

    def cost(self, act: Callable[[], object], expected: dict[str, int]) -> Cost:
        """Give what one act costs, until all that it causes is over; waits a while for the `expected` messages to be told of."""
        runs = [self._once(act) for _ in range(RUNS)]
        every = set().union(*runs) - self.idle
        least = {one: min(run[one] for run in runs) for one in sorted(every)}
        before, self.taken = self.taken, self._taken()
        told = {queue: round((n - before.get(queue, 0)) / RUNS) for queue, n in self.taken.items()}
        return Cost(
            {one: n for one, n in least.items() if n}, {one: n for one, n in sorted(told.items()) if n}
        )

    def _once(self, act: Callable[[], object]) -> Counter[str]:
        for database in self.databases.values():
            database.command("profile", 0)
            database.drop_collection("system.profile")
        for database in self.databases.values():
            database.command("profile", 2)
        act()
        seen, calm_since = -1, time.monotonic()
        while time.monotonic() - calm_since < CALM_SECONDS:
            time.sleep(0.2)
            asked = self._asked()
            busy = sum(count for one, count in asked.items() if one not in self.idle)
            if busy != seen:
                seen, calm_since = busy, time.monotonic()
        for database in self.databases.values():
            database.command("profile", 0)
        return self._asked()

    def _asked(self) -> Counter[str]:
        found: Counter[str] = Counter()
        for database in self.databases.values():
            for one in database["system.profile"].find({"appName": {"$exists": True, "$ne": "test"}}):
                found[f"{one['appName']} {one['ns'].partition('.')[2]} {_command(one)}"] += 1
        return found

    def _taken(self) -> dict[str, int]:
        time.sleep(STATISTICS_SECONDS)
        vhost = quote(urlsplit(self.platform.settings.amqp_uri).path[1:], safe="")
        told = management(self.platform.settings.rabbitmq_management_uri, "GET", f"queues/{vhost}").json()
        return {
            one["name"].removesuffix(".v1"): one.get("message_stats", {}).get("publish", 0)
            for one in told
            if one["name"].partition(".")[0] in SERVICES and one["name"].endswith(".v1")
        }


def _command(profiled: dict) -> str:
    """What is asked, with the fields that it asks by; an update or a delete stands in the profile by its filter."""
    command = profiled["command"]
    if "q" in command:
        return f"{profiled['op']} by {_fields(command['q'])}"
    name = next(iter(command), "")
    if name == "aggregate":
        return f"aggregate {' '.join(next(iter(stage)) for stage in command['pipeline'])}"
    where = command.get("filter") or command.get("query")
    return f"{name} by {_fields(where)}" if where else name


def _fields(where: dict) -> str:
    """The names of the fields of a filter, also of one that is made of several by `$and`."""
    names = {name for part in where.get("$and", [where]) for name in part}
    return ",".join(sorted(names))
