"""What was asked of the database, and how the database would find it."""

from collections import Counter

from bson import json_util
from pymongo import monitoring

EXPLAINED = {"find", "aggregate", "count", "distinct", "update", "delete", "findAndModify"}
NOT_ASKED = {"lsid", "$db", "$clusterTime", "txnNumber", "$readPreference", "writeConcern", "ordered"}
NOT_ASKED |= {"autocommit", "startTransaction", "readConcern"}

FACTOR = 8
"""Keys or documents that may be looked at for each one that is found: a search for several words, and an officer who
may not see a few of the rows, pass over some."""
ALLOWANCE = 60
"""And so many on top: the cursor's ties, a look that finds nothing, one range for each event of a grant."""


class Watch(monitoring.CommandListener):
    """Keeps the commands of a client, each once."""

    def __init__(self):
        self.seen: dict[str, tuple[str, dict]] = {}
        self.counted: Counter = Counter()

    def take(self) -> list[tuple[str, dict]]:
        """Give what was asked since the last time, as (database, command)."""
        taken, self.seen = list(self.seen.values()), {}
        return taken

    def started(self, event):
        self.counted[event.command_name] += 1
        if event.command_name in EXPLAINED:
            for command in _single(event.command_name, dict(event.command)):
                self.seen.setdefault(
                    json_util.dumps([event.database_name, command]), (event.database_name, command)
                )

    def succeeded(self, event): ...

    def failed(self, event): ...


def faults(client, database: str, command: dict, counted: bool = False) -> list[str]:
    """Explain a command and give what is wrong with the way in which it is answered; one that is `counted` looks at all that it counts."""
    explained = client[database].command("explain", command, verbosity="executionStats")
    found = sorted({f"{stage} in its plan" for stage in _stages(explained) if stage in ("COLLSCAN", "SORT")})
    for stats in () if counted else _all(explained, "executionStats"):
        hit = max([stats.get("nReturned", 0), *_all(stats, "nMatched"), *_all(stats, "nWouldModify")])
        for what in ("totalKeysExamined", "totalDocsExamined"):
            if stats.get(what, 0) > FACTOR * hit + ALLOWANCE:
                found.append(f"{what} is {stats[what]} for {hit}")
    return found


def _single(name: str, command: dict) -> list[dict]:
    command = {field: value for field, value in command.items() if field not in NOT_ASKED}
    several = {"update": "updates", "delete": "deletes"}.get(name)
    return [{**command, several: [one]} for one in command[several]] if several else [command]


def _stages(explained: dict) -> list[str]:
    sorts = ["SORT" for _ in _all(explained, "$sort")]
    return [stage for stage in _all(explained, "stage") if isinstance(stage, str)] + sorts


def _all(found, name: str) -> list:
    """Give every value under this name, however deep, except in what the planner rejected and in the command itself."""
    if isinstance(found, list):
        return [value for one in found for value in _all(one, name)]
    if not isinstance(found, dict):
        return []
    below = [v for k, v in found.items() if k not in ("rejectedPlans", "command", "parsedQuery")]
    return ([found[name]] if name in found else []) + [v for one in below for v in _all(one, name)]
