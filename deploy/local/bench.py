"""`make bench-...`: a measurement on a throw-away broker and database, which nobody else uses meanwhile."""

from __future__ import annotations

import contextlib
import shutil
import subprocess

from deploy.local import apt, environment, infra, pids, signals
from deploy.local.folders import PROJECT, Folder
from deploy.local.processes import end_recorded
from deploy.local.refusal import Refusal


def run(folder: Folder, module: str, arguments: list[str], tool: str = "") -> int:
    """Run `python -m module` there; gives its exit code. Refusal where it was interrupted.

    `tool` is a program, and a package of the system, that is installed where it is missing.
    """
    signals.listen()
    if tool and shutil.which(tool) is None:
        apt.install(tool, f"install it with `sudo apt-get install {tool}` and try again")
    folder.make()
    try:
        # Never the user's own broker or database: their other work would be measured too, and disturbed.
        addresses = infra.start(folder, given={}).addresses
        told = {**environment.complete({}), **addresses, "XIANGZHI_STATE": str(folder.path)}
        return _step(["python", "-m", module, *arguments], told, folder)
    except KeyboardInterrupt:
        raise Refusal("the measurement was interrupted; nothing of it is left running") from None
    finally:
        signals.ignore()
        # Nobody will read these data again: no grace.
        for below in sorted(folder.path.glob("*/pids.json")):
            end_recorded(Folder(below.parent), grace=0)
        end_recorded(folder, grace=0)
        shutil.rmtree(folder.path, ignore_errors=True)


def _step(command: list[str], told: dict[str, str], folder: Folder) -> int:
    with signals.shielded():
        step = subprocess.Popen(command, cwd=PROJECT, env=told)
        mark = pids.mark_of(step.pid)
        if mark is not None:
            pids.Register(folder.pids).add("step", "app", mark)
    try:
        return step.wait()
    except KeyboardInterrupt:
        # It was interrupted by the same Ctrl-C and may be tidying up.
        with contextlib.suppress(subprocess.TimeoutExpired):
            step.wait(5)
        raise
