"""The processor time that a step takes, by process: what bounds a rate, also on a machine that is busy otherwise."""

import os
from pathlib import Path
from urllib.parse import urlsplit

import requests

from benchmarks.events.place import Place, wait_for


class Cost:
    """Microseconds per event of the measured process, the broker and the database; only where they run here."""

    def __init__(self, place: Place):
        client = place.database("bench").client
        self.shared = {
            "broker": wait_for(lambda: _broker(place)),
            "database": client.admin.command("serverStatus")["pid"],
        }
        client.close()
        self.before: dict[str, float] = {}
        self.noted: dict[str, float] = {}

    def begin(self, pid: int) -> None:
        """Note the processor time so far; `pid` is the measured process."""
        self.pids = {"process": pid, **self.shared}
        self.before = {name: seconds(pid) for name, pid in self.pids.items()}

    def note(self, events: int) -> None:
        """Note the microseconds per event since `begin`."""
        after = {name: seconds(pid) for name, pid in self.pids.items()}
        self.noted = {name: (after[name] - self.before[name]) / events * 1e6 for name in after}


def _broker(place: Place) -> int:
    """Give the broker's process; the management API learns of it some seconds after the start."""
    parts = urlsplit(place.management)
    address = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
    nodes = requests.get(f"{address}/api/nodes", auth=(parts.username, parts.password), timeout=20).json()
    return int(nodes[0].get("os_pid", 0))


def seconds(pid: int) -> float:
    """Give the processor time of a process; 0 where it cannot be seen."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
