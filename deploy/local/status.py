"""Looking at a stack without touching it: what runs, since when and where."""

from __future__ import annotations

import os

from deploy.local import health, lock, pids
from deploy.local.folders import Folder, read_json

NOT_RUNNING = 3


def show(folder: Folder) -> int:
    """Print every process and the answer of /readyz; 0 all up, 1 something is not, 3 not running."""
    register = pids.Register(folder.pids)
    marks = register.marks("infra", "app")
    for name, mark in sorted(marks.items()):
        up = pids.is_alive(mark)
        age = f"{_age(mark):>9}" if up else f"{'-':>9}"
        print(f"  {name:<24} pid {mark.pid:<8} {age}  {'running' if up else 'ended'}")
    if lock.holder(folder) is None:
        left = register.alive("infra", "app")
        print(
            f"{len(left)} processes were left behind: `make run` replaces them, `make stop` ends them"
            if left
            else "the platform is not running: start it with `make run`"
        )
        return NOT_RUNNING
    port = int(read_json(folder.environment).get("PORT", 0))
    places = {**read_json(folder.path / "ports.json"), "gateway": port or "-"}
    print("  ports   " + ", ".join(f"{name} {number}" for name, number in places.items()))
    ready, missing = health.ask(port) if port else (False, "still starting")
    print(f"  /readyz {_said(ready, missing)}")
    return 0 if ready and not missing and len(register.alive("infra", "app")) == len(marks) else 1


def _said(ready: bool, words: str) -> str:
    """A process that is frozen runs all the same: what it no longer does is said here."""
    return f"{'ready' if ready else 'NOT ready'}{': ' * bool(words)}{words}"


def _age(mark: pids.Mark) -> str:
    ticks = int(mark.started.rpartition(":")[2])
    with open("/proc/uptime", encoding="ascii") as file:
        seconds = int(float(file.read().split()[0]) - ticks / os.sysconf("SC_CLK_TCK"))
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
