"""`make check`: what needs no broker and no database; `make test`: that and every test, against throw-away ones."""

from __future__ import annotations

import contextlib
import subprocess
from collections.abc import Mapping

from deploy.local import chromium, environment, fonts, infra, pids, signals
from deploy.local.folders import BASE, PROJECT, Folder
from deploy.local.processes import end_recorded
from deploy.local.progress import say
from deploy.local.refusal import Refusal
from services.chassis.core.cleaning import is_number

CHECKS = {
    "ruff check": ["ruff", "check", "."],
    "ruff format": ["ruff", "format", "--check", "."],
    "lint-imports": ["lint-imports"],
    "mypy": ["mypy"],
}
"""What reads the code without running it, in the order in which it is quickest to know: a type checker comes last."""

DEPLOYED = {"k8s-check": ["python", "-m", "deploy.k8s.check"]}
"""What a cluster would be given. It fetches a program at its first run, so it is no part of `make check`."""

PURE = ("tests/unit", "tests/architecture", "tests/contract")
"""The tests that work without a broker and a database."""

COMMANDS = "tests/commands"
"""The long commands in their smallest form: some of them take the whole machine, and run alone."""

AT_ONCE = ["--numprocesses", "3", "--dist", "loadscope", "--no-loadscope-reorder", f"--ignore={COMMANDS}"]
"""The suite but for those, in three processes: much of it waits. `tests/sharing.py` says what stays together."""

PURE_AT_ONCE = ["--numprocesses", "2", "--dist", "worksteal", *PURE]
"""Pure tests share nothing and never wait: one process a core, and who is done takes from the other."""


def check(folder: Folder, arguments: list[str]) -> int:
    """Run what needs nothing but the code, so that it is run after every step; Refusal naming the steps that failed.

    `arguments` go to pytest in place of the three folders.
    """
    return _run_steps(folder, {"pytest": arguments or PURE_AT_ONCE}, infra_too=False)


def run(folder: Folder, arguments: list[str]) -> int:
    """Run every check and test; Refusal naming the steps that failed.

    `arguments` go to pytest; where there are none, the suite is run in several processes.
    """
    chromium.prepare()
    whole = {"pytest": AT_ONCE, "long commands": [COMMANDS]}
    return _run_steps(folder, {"pytest": arguments} if arguments else whole, infra_too=True)


def _run_steps(folder: Folder, tests: Mapping[str, list[str]], infra_too: bool) -> int:
    """Run every step whatever the others say; `tests` are what pytest is given, step by step.

    What was started and written for them is gone afterwards.
    """
    signals.listen()
    fonts.prepare()
    _sweep()
    folder.make_in_memory()
    steps: dict[str, bool] = {}
    try:
        env = {**environment.complete({}), "XIANGZHI_STATE": str(folder.path)}
        for name, command in (CHECKS | DEPLOYED if infra_too else CHECKS).items():
            steps[name] = _passes(name, command, env, folder)
        # Never the user's own broker or database: the tests write and delete as they like.
        addresses = infra.start(folder, given={}).addresses if infra_too else {}
        for name, arguments in tests.items():
            command = ["python", "-m", "pytest", *arguments]
            steps[name] = _passes(name, command, {**env, **addresses}, folder)
    except KeyboardInterrupt:
        raise Refusal("the tests were interrupted; nothing of them is left running") from None
    finally:
        signals.ignore()
        _remove(folder)
    for name, passed in steps.items():
        say(f"{'passed' if passed else 'FAILED':<8}{name}")
    failed = [name for name, passed in steps.items() if not passed]
    if failed:
        raise Refusal(f"{', '.join(failed)} failed: the reasons stand above")
    return 0


def _passes(name: str, command: list[str], env: Mapping[str, str], folder: Folder) -> bool:
    say(f"{name} ...")
    try:
        with signals.shielded():
            # In the terminal's own session, so that a debugger in a test can be typed to.
            step = subprocess.Popen(command, cwd=PROJECT, env=env)
            mark = pids.mark_of(step.pid)
            if mark is not None:
                pids.Register(folder.pids).add("step", "app", mark)
    except OSError as error:
        say(f"{command[0]}: {error.strerror}")
        return False
    try:
        return step.wait() == 0
    except KeyboardInterrupt:
        # It was interrupted by the same Ctrl-C and may be tidying up.
        with contextlib.suppress(subprocess.TimeoutExpired):
            step.wait(5)
        raise


def _sweep() -> None:
    for path in BASE.glob("test-*"):
        number = path.name.removeprefix("test-")
        if is_number(number) and pids.mark_of(int(number)) is None:
            _remove(Folder(path))


def _remove(folder: Folder) -> None:
    # Nobody will read these data again: no grace.
    end_recorded(folder, grace=0)
    folder.remove()
