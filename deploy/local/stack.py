"""The order in which the platform starts and ends."""

from __future__ import annotations

import os

from deploy.local import banner, environment, fonts, health, infra, ports, signals
from deploy.local.folders import PROJECT, Folder, shown
from deploy.local.lock import only_one
from deploy.local.processes import Child, end_recorded, read_procfile
from deploy.local.progress import say
from deploy.local.refusal import Refusal
from deploy.local.supervisor import Supervisor

PROCFILES = (PROJECT / "deploy" / "Procfile", PROJECT / "deploy" / "local" / "Procfile")


def run(folder: Folder, with_story: bool = True) -> int:
    """Start everything, keep it alive until asked to end, end everything; 0 when a person ended it."""
    signals.listen()
    with only_one(folder):
        supervisor = Supervisor(folder)
        try:
            _clear(folder)
            _start(supervisor, with_story)
            supervisor.forever()
        except KeyboardInterrupt:
            say("stopping")
            return 0
        finally:
            signals.ignore()
            ended = supervisor.end()
            folder.environment.unlink(missing_ok=True)
            if ended:
                say("everything is stopped")


def _clear(folder: Folder) -> None:
    left = end_recorded(folder)
    if left:
        say(f"ended what an earlier run had left behind: {', '.join(left)}")


def _start(supervisor: Supervisor, with_story: bool) -> None:
    folder = supervisor.folder
    port = ports.gateway_port(os.environ.get("PORT") or "8080")
    fonts.prepare()
    found = infra.start(folder)
    supervisor.adopt(found.children)
    told = environment.settings(folder, found.addresses, port)
    environment.remember(folder, told)
    env = environment.complete(told)
    commands = all_commands(env)
    say("declaring queues, exchanges and indexes")
    _step(supervisor, Child("declare", ["python", "-m", "services.chassis.runtime.declare"], env, folder))
    say("loading the data")
    _step(
        supervisor, Child("load", ["python", "-m", "services.chassis.runtime.load"], env, folder, quiet=False)
    )
    say(f"starting {', '.join(commands)}")
    for name, command in commands.items():
        child = Child(name, command, env, folder)
        child.start()
        supervisor.adopt([child])
    health.wait(port, supervisor.must_live)
    say("ready")
    if with_story:
        _tell(supervisor, env)
    banner.show(env, banner.first_administrator(env))


def all_commands(env: dict[str, str]) -> dict[str, list[str]]:
    """Return the command of every process, the platform's before the simulators'."""
    commands: dict[str, list[str]] = {}
    for path in PROCFILES:
        for name, command in read_procfile(path, env).items():
            if name in commands:
                raise Refusal(f"{shown(path)} names {name} a second time: give it another name")
            commands[name] = command
    if not commands:
        raise Refusal(f"{shown(PROCFILES[0])} names no process: get the project's files again")
    return commands


def _step(supervisor: Supervisor, child: Child) -> None:
    if supervisor.run(child) == 0:
        return
    if child.quiet:
        raise child.died("failed")
    raise Refusal(f"{child.name} failed (exit code {child.ended}): the reason stands above")


def _tell(supervisor: Supervisor, env: dict[str, str]) -> None:
    say("the story:")
    story = Child("story", ["python", "-m", "deploy.local.story"], env, supervisor.folder, quiet=False)
    if supervisor.run(story, keep_alive=True):
        # A platform that is up is worth more for finding the reason than one that was stopped.
        say(f"THE STORY FAILED (exit code {story.ended}), the reason stands above; the platform stays up")
