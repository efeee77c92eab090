"""The commands behind the Makefile: run, story, stop, status, logs, clean, check, test, k8s-check, k8s-rehearse, dead-letters, events, counters, rotate-keys, paper-authority, module, backup, restore, faults, bench, bench-*."""

from __future__ import annotations

import argparse
import os
import shlex
import shutil
import sys
from typing import NoReturn

from deploy.local import lock, pids
from deploy.local.folders import BASE, VENV_PYTHON, Folder
from deploy.local.processes import end_recorded
from deploy.local.progress import say
from deploy.local.refusal import Refusal


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m deploy.local", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    run = commands.add_parser("run", help="start the platform and keep it up until Ctrl-C")
    run.add_argument("--no-story", action="store_true", help="do not run the story")
    commands.add_parser("story", help="run the story on the running platform")
    commands.add_parser("stop", help="stop the platform, and whatever a killed one left behind")
    commands.add_parser("status", help="show the processes; exit code 0 all up, 1 some not, 3 not running")
    commands.add_parser(
        "logs", help="follow the logs, those of the processes named, json as written, or request=ID"
    )
    commands.add_parser("clean", help="remove the virtual environment and ALL DATA")
    commands.add_parser("check", help="run what needs no broker and no database; arguments go to pytest")
    commands.add_parser("test", help="run every check and test; further arguments go to pytest")
    commands.add_parser("k8s-check", help="check everything that a cluster is given, without one")
    commands.add_parser("k8s-rehearse", help="run the cluster's manifests as containers, disturb and count")
    commands.add_parser("dead-letters", help="list and re-drive messages that could not be handled")
    commands.add_parser("events", help="follow the events as they flow, until Ctrl-C")
    commands.add_parser("counters", help="show queues, outboxes, streams and alarms")
    commands.add_parser("rotate-keys", help="change the keys of a service's personal data")
    commands.add_parser("paper-authority", help="make the authority and the key that sign results on paper")
    commands.add_parser("module", help="run a module of the services as the running platform would")
    commands.add_parser("backup", help="take a backup of all databases, encrypted to BACKUP_RECIPIENTS")
    commands.add_parser("restore", help="restore a backup into the empty databases of a stopped platform")
    commands.add_parser("faults", help="break everything under steady writes and count what is wrong")
    commands.add_parser("bench", help="measure what a request costs, beside a monolith and other frameworks")
    commands.add_parser("bench-events", help="measure what carrying an event costs")
    commands.add_parser("bench-overload", help="ask four times what the platform can do")
    commands.add_parser("bench-scale", help="measure a whole county beside a hundredth of it")
    commands.add_parser("up-infra")
    return parser


def _stop(folder: Folder) -> int:
    supervisor = lock.holder(folder)
    if supervisor is not None:
        say("stopping the platform")
        pids.end([supervisor], grace=60)
    left = end_recorded(folder)
    print("stopped" if supervisor or left else "nothing was running")
    return 0


def _clean() -> int:
    for path in [Folder.of_platform().path, *BASE.glob("test-*")]:
        if pids.Register(Folder(path).pids).alive("supervisor", "app", "infra"):
            raise Refusal("something still runs from .xiangzhi: end it with `make stop` first")
    for path in BASE.glob("test-*"):
        Folder(path).remove()
    shutil.rmtree(BASE, ignore_errors=True)
    print("removed .xiangzhi")
    return 0


def _within(folder: Folder, module: str, arguments: list[str]) -> NoReturn:
    from deploy.local import environment

    if lock.holder(folder) is None or not folder.environment.exists():
        raise Refusal("the platform is not running: start it with `make run`")
    os.execve(VENV_PYTHON, ["python", "-m", module, *arguments], environment.of_running(folder))


def _module(folder: Folder, arguments: list[str]) -> NoReturn:
    if not arguments:
        raise Refusal('say which: make module ARGS="services.identity.people.coverage.recount --repair"')
    _within(folder, arguments[0], arguments[1:])


def _alone(module: str, arguments: list[str]) -> NoReturn:
    from deploy.local import environment

    os.execve(VENV_PYTHON, ["python", "-m", module, *arguments], environment.complete({}))


def _up_infra(folder: Folder) -> int:
    from deploy.local import infra, signals

    signals.listen()
    with lock.only_one(folder):
        end_recorded(folder)
        try:
            found = infra.start(folder)
        except BaseException:
            signals.ignore()
            end_recorded(folder)
            raise
    for name, value in found.addresses.items():
        print(f"export {name}={shlex.quote(value)}")
    return 0


def _do(command: str, options: argparse.Namespace, rest: list[str]) -> int:
    from deploy.local import bench, keeping, logs, stack, status, suite

    folder = Folder.of_platform()
    doers = {
        "run": lambda: stack.run(folder, with_story=not options.no_story),
        "story": lambda: _within(folder, "deploy.local.story", rest),
        "stop": lambda: _stop(folder),
        "status": lambda: status.show(folder),
        "logs": lambda: logs.read(folder, rest),
        "clean": _clean,
        "check": lambda: suite.check(Folder.of_tests(os.getpid()), rest),
        "test": lambda: suite.run(Folder.of_tests(os.getpid()), rest),
        "k8s-check": lambda: _alone("deploy.k8s.check", rest),
        "k8s-rehearse": lambda: _alone("tests.rehearsal", rest),
        "dead-letters": lambda: _within(folder, "services.chassis.operations.dead_letters", rest),
        "events": lambda: _within(folder, "services.chassis.operations.event_tail", rest),
        "counters": lambda: _within(folder, "services.chassis.operations.counters", rest),
        "rotate-keys": lambda: _within(folder, "services.chassis.runtime.rotate_keys", rest),
        "paper-authority": lambda: _alone("deploy.paper_authority", rest),
        "module": lambda: _module(folder, rest),
        "backup": lambda: _within(folder, "services.chassis.backup.take", rest),
        "restore": lambda: keeping.restore(folder, rest),
        "faults": lambda: _alone("tests.faults", rest),
        "bench": lambda: bench.run(Folder.of_tests(os.getpid()), "benchmarks.requests", rest, tool="wrk"),
        "bench-events": lambda: bench.run(Folder.of_tests(os.getpid()), "benchmarks.events", rest),
        "bench-overload": lambda: bench.run(
            Folder.of_tests(os.getpid()), "benchmarks.overload", rest, tool="wrk"
        ),
        "bench-scale": lambda: bench.run(Folder.of_tests(os.getpid()), "benchmarks.scale", rest),
        "up-infra": lambda: _up_infra(folder),
    }
    return doers[command]()


def main(arguments: list[str]) -> int:
    """Do one command; expected failures are one sentence on stderr and exit code 1."""
    # What follows the command is another program's, flags included, except for `run` and `--help`.
    mine, rest = (arguments, []) if arguments[:1] == ["run"] else (arguments[:1], arguments[1:])
    options = _parser().parse_args(mine)
    try:
        return _do(options.command, options, rest)
    except Refusal as refusal:
        if refusal.details:
            print(refusal.details, file=sys.stderr)
        print(f"xiangzhi: {refusal.sentence}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
