"""Backup and restore of the local platform: `make backup`, `make restore`."""

from __future__ import annotations

import time
from pathlib import Path

from deploy.local import environment, infra, signals
from deploy.local.folders import Folder
from deploy.local.lock import only_one
from deploy.local.processes import Child, end_recorded
from deploy.local.progress import say
from deploy.local.refusal import Refusal

PORT = 8080
"""No step of it listens."""


def restore(folder: Folder, arguments: list[str]) -> int:
    """Restore a backup into the empty databases of a platform that is not running, as far as `make run`."""
    if not arguments or arguments[0].startswith("-"):
        raise Refusal('name the backup and its key: make restore ARGS="backups/NAME --identity backup.key"')
    signals.listen()
    with only_one(folder):
        end_recorded(folder)
        try:
            found = infra.start(folder)
            env = environment.complete(environment.settings(folder, found.addresses, PORT))
            for module, given in steps(arguments):
                _do(
                    Child(
                        module.rpartition(".")[2], ["python", "-m", module, *given], env, folder, quiet=False
                    )
                )
        finally:
            signals.ignore()
            end_recorded(folder)
    say("restored: erase again who was erased since (docs/how-to/back-up-and-restore.md), then `make run`")
    return 0


def steps(arguments: list[str]) -> list[tuple[str, list[str]]]:
    """Give what is done, in this order."""
    return [
        ("services.chassis.backup.restore", arguments),
        ("services.chassis.runtime.declare", []),
        ("services.chassis.backup.replay", ["--manifest", str(Path(arguments[0]))]),
        ("services.identity.subscribers.departments.reopen", []),
    ]


def _do(child: Child) -> None:
    child.start()
    while child.ended is None:
        time.sleep(0.1)
    child.register.remove(child.name)
    if child.ended:
        raise Refusal(f"{child.name} failed (exit code {child.ended}): the reason stands above")
