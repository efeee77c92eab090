"""Processes known by pid AND start time, so that a recycled pid is never taken for ours."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from deploy.local.folders import read_json, write_private
from services.chassis.core.cleaning import is_number

PROC = Path("/proc")


@dataclass(frozen=True)
class Mark:
    """One process: its pid and the moment it started (boot id and clock ticks since that boot)."""

    pid: int
    started: str


def _stat(pid: int) -> list[str]:
    try:
        # The name in the second field may itself hold spaces and brackets: count from the last bracket.
        return (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def mark_of(pid: int) -> Mark | None:
    """Return the mark of a living process, None when there is none (a zombie is none)."""
    fields = _stat(pid)
    if not fields or fields[0] in "ZX":
        return None
    boot = (PROC / "sys/kernel/random/boot_id").read_text().strip()
    return Mark(pid, f"{boot}:{fields[19]}")


def is_alive(mark: Mark) -> bool:
    """Tell whether the very process that was marked still runs."""
    return mark_of(mark.pid) == mark


def group(mark: Mark) -> list[int]:
    """Return the processes of the session that the marked process leads or led."""
    leader = mark_of(mark.pid)
    if leader is not None and leader != mark:
        return []
    numbers = (int(entry.name) for entry in PROC.iterdir() if is_number(entry.name))
    return [pid for pid in numbers if (f := _stat(pid)) and f[3] == str(mark.pid) and f[0] not in "ZX"]


def end(marks: Iterable[Mark], grace: float) -> None:
    """Ask the processes to end, wait up to `grace` seconds, kill what is left of them and their groups."""
    marks = list(marks)
    for mark in marks:
        if is_alive(mark):
            _send(mark.pid, signal.SIGTERM)
    wait_gone(marks, grace)
    for mark in marks:
        if is_alive(mark):
            _send(mark.pid, signal.SIGKILL)
        kill_group(mark)
    wait_gone(marks, 5)


def kill_group(mark: Mark) -> None:
    """Kill what is left of the session that the marked process leads or led."""
    for pid in group(mark):
        _send(pid, signal.SIGKILL)


def wait_gone(marks: list[Mark], seconds: float) -> bool:
    """Wait until none of the processes runs; tell whether that came true in time."""
    deadline = time.monotonic() + seconds
    while any(is_alive(mark) for mark in marks):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def _send(pid: int, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.kill(pid, number)


class Register:
    """The file that says which processes were started, so that a later command can find and end them."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def add(self, name: str, kind: str, mark: Mark) -> None:
        """Note a started process; `kind` is "app", "infra" or "supervisor"."""
        entries = read_json(self.path)
        entries[name] = {"kind": kind, **asdict(mark)}
        write_private(self.path, json.dumps(entries, indent=1))

    def remove(self, *names: str) -> None:
        """Forget processes that were ended."""
        kept = {name: entry for name, entry in read_json(self.path).items() if name not in names}
        write_private(self.path, json.dumps(kept, indent=1))

    def marks(self, *kinds: str) -> dict[str, Mark]:
        """Return the noted processes of these kinds, alive or not, by name."""
        entries = read_json(self.path).items()
        return {n: Mark(e["pid"], e["started"]) for n, e in entries if e["kind"] in kinds}

    def alive(self, *kinds: str) -> dict[str, Mark]:
        """Return the noted processes of these kinds that still run."""
        return {name: mark for name, mark in self.marks(*kinds).items() if is_alive(mark)}
