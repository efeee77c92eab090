"""Backup and restore of the local platform: `make backup`, `make restore`."""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from typing import NoReturn

from deploy.local import environment, infra, signals
from deploy.local.folders import Folder
from deploy.local.lock import only_one
from deploy.local.processes import Child, end_recorded
from deploy.local.progress import say
from deploy.local.refusal import Refusal

PORT = 8080
"""No step of it listens."""
REPEAT = "services.identity.wiring.repeat_erasures"
HOW = (
    'make restore ARGS="backups/NAME --identity backup.key --later backups/LATER backups/LATEST"; with --later alone only '
    "who was erased since is erased again"
)


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise Refusal(f"{message}: {HOW}")


def restore(folder: Folder, arguments: list[str]) -> int:
    """Restore a backup into the empty databases of a platform that is not running, as far as `make run`.

    With `--later` it erases again whom later backups note as erased, while nobody can sign in yet. Raises Refusal.
    """
    todo = steps(arguments)
    signals.listen()
    with only_one(folder):
        end_recorded(folder)
        try:
            found = infra.start(folder)
            env = environment.complete(environment.settings(folder, found.addresses, PORT))
            for module, given in todo:
                _do(
                    Child(
                        module.rpartition(".")[2], ["python", "-m", module, *given], env, folder, quiet=False
                    )
                )
        finally:
            signals.ignore()
            end_recorded(folder)
    say(what_comes_next(todo))
    return 0


def steps(arguments: list[str]) -> list[tuple[str, list[str]]]:
    """Give what is done, in this order: modules with their arguments. Raises Refusal where nothing is named, or half."""
    parser = _Parser(prog="make restore", add_help=False)
    parser.add_argument("backup", nargs="?", type=Path)
    parser.add_argument("--identity", type=Path)
    parser.add_argument("--later", nargs="+", type=Path, default=[])
    told = parser.parse_args(arguments)
    if bool(told.backup) != bool(told.identity) or not (told.backup or told.later):
        raise Refusal(f"name the backup and its key: {HOW}")
    for one in told.later:
        if not one.exists():
            raise Refusal(f"{one} is not there: name a later backup, or its manifest.json, or leave it out")
    again = [(REPEAT, [str(one) for one in told.later])] if told.later else []
    if not told.backup:
        return again
    backup = str(told.backup)
    return [
        ("services.chassis.backup.restore", [backup, "--identity", str(told.identity)]),
        ("services.chassis.runtime.declare", []),
        ("services.chassis.backup.replay", ["--manifest", backup]),
        ("services.identity.subscribers.departments.reopen", []),
        *again,
    ]


def what_comes_next(done: list[tuple[str, list[str]]]) -> str:
    """Say what is left to do before anybody is let in."""
    if any(module == REPEAT for module, _ in done):
        return "done, and who was erased since is erased again: `make run`"
    return (
        'restored: where there are later backups, first `make restore ARGS="--later LATER LATEST"`, which erases again who was '
        "erased since; then `make run`"
    )


def _do(child: Child) -> None:
    child.start()
    while child.ended is None:
        time.sleep(0.1)
    child.register.remove(child.name)
    if child.ended:
        raise Refusal(f"{child.name} failed (exit code {child.ended}): the reason stands above")
