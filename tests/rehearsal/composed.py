"""deploy/compose.yaml as a person starts it: by the commands of its own head, to the first official's sign-in, and down again."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import yaml

from deploy.k8s.check.images import COMPOSE
from deploy.k8s.rehearse import images, podman
from deploy.k8s.rehearse.composed import apart, head, health, stand_ins
from deploy.k8s.rehearse.place import IMAGE
from deploy.k8s.rehearse.stage import FIRST
from deploy.local import environment
from deploy.local.folders import PROJECT, VENV, Folder
from deploy.local.progress import say
from deploy.local.refusal import Refusal

START_SECONDS = 600
HEALTHY_SECONDS = 300
COPIED = ("deploy/compose.yaml", "deploy/k8s/make_secrets.py")
"""What the commands of the head read; they are run in a folder with these, so that no secret comes into the checkout."""

RESTARTED = "market"


class CannotBeHad(Refusal):
    """What the start needs is not to be had on this machine; the sentence names it."""


class Composed:
    """One start in a folder; `rows` is what was done, in how many seconds, and what came of it."""

    def __init__(self, folder: Folder):
        self.folder = folder
        self.compose = yaml.safe_load(COMPOSE.read_text("utf-8"))
        self.secrets, self.up, self.appoint = head.way(COMPOSE.read_text("utf-8"))
        self.checks = {self._named(name): one for name, one in head.checks(self.compose).items()}
        self.ended = {self._named(name) for name in head.once(self.compose)}
        self.rows: list[tuple[str, float, str]] = []
        self.apart: apart.Apart | None = None
        self.timers: health.Timers | None = None

    def _named(self, service: str) -> str:
        return head.container(self.compose, service)

    @property
    def place(self) -> Path:
        """What stands for the checkout."""
        return self.folder.path.resolve() / "checkout"

    def prepare(self) -> None:
        """Have the programs and images. Raises CannotBeHad where one of others is not to be had, Refusal where ours cannot be built."""
        names = head.stand_ins(self.compose, set(stand_ins.STAND_INS))
        plain = podman.Podman(self.folder.path)
        try:
            podman.prepare()
            apart.prepare()
            plain.must_run(images.base(plain))
            images.wheels()
            stores, lent = stand_ins.prepare(plain), apart.store_of(plain)
        except Refusal as refusal:
            raise CannotBeHad(refusal.sentence, refusal.details) from None
        self._sweep(lent)
        images.build(plain, f"{IMAGE}:{FIRST}")
        self.apart = apart.Apart(self.folder.path / "apart", f"{os.getpid():x}", lent)
        self.apart.make()
        stand_ins.name_them(self.apart, stores, names)
        for one in COPIED:
            (self.place / one).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(PROJECT / one, self.place / one)

    @staticmethod
    def _sweep(lent: str) -> None:
        """Remove what runs that were killed have left: the number of each is that of a process that is no more."""
        for run in apart.left_over():
            say(f"removing what the killed run {run} has left")
            apart.Apart(Folder.of_tests(int(run, 16)).path / "apart", run, lent).remove()

    def rehearse(self) -> None:
        """Do what the head says and what a person does then. Raises Refusal where something does not hold."""
        self._do("the secrets are made", self._make_secrets)
        self.timers = health.Timers(self.podman, self.checks)
        self.timers.start()
        self._do("podman-compose --profile platform up", lambda: self._compose(self.up) and "")
        self._do("until every service is healthy", self._wait)
        self._do("the first official is appointed", self._appointed)
        self._do("asked from outside, and signed in", lambda: self._visit(*self.account))
        self._do(f"podman-compose restart {RESTARTED}, and healthy again", self._restart)
        self._do("asked from outside", self._visit)
        self.timers.end()
        self._do("podman-compose down --volumes", self._down)

    def _do(self, what: str, work: Callable[[], str]) -> None:
        began = time.monotonic()
        found = work()
        self.rows.append((what, time.monotonic() - began, found))
        say(f"{what}: {self.rows[-1][1]:.0f} s{'; ' if found else ''}{found}")

    @property
    def podman(self) -> apart.Apart:
        """The podman of this run."""
        assert self.apart is not None
        return self.apart

    def _make_secrets(self) -> str:
        self._run(self.secrets)
        return f"{len(list((self.place / 'deploy' / 'secrets').iterdir()))} files"

    def _wait(self) -> str:
        health.wait(self.podman, self.checks, self.ended, HEALTHY_SECONDS)
        there = health.states(self.podman)
        again = sum(one["RestartCount"] for one in there.values())
        return f"{len(self.checks)} healthy, {len(self.ended)} have done their work, {again} restarts"

    def _appointed(self) -> str:
        """Appoint; a second time where it did not go, which harms nothing, and is told: aardvark-dns 1.4 may leave names unanswered for seconds."""
        try:
            printed, tries = self._compose(self.appoint), 1
        except Refusal:
            printed, tries = self._compose(self.appoint), 2
        told = json.loads(printed.strip().splitlines()[-1])
        if told["password"] is None:
            raise Refusal(f"the first official is {told['state']}")
        self.account = (told["login"], told["password"])
        return f"{told['login']}, {tries} {'try' if tries == 1 else 'tries'}"

    def _visit(self, *account: str) -> str:
        visitor = (sys.executable, "-m", "tests.rehearsal.visitor", *account)
        return "; ".join(self._run([*self.podman.within(PROJECT), *visitor]).strip().splitlines())

    def _restart(self) -> str:
        name = self._named(RESTARTED)
        before = health.states(self.podman)[name]["StartedAt"]
        self._compose([*self.up[: self.up.index("up")], "restart", RESTARTED])
        if health.states(self.podman)[name]["StartedAt"] == before:
            raise Refusal(f"{name} was not started again")
        # what was healthy before is asked anew
        self.podman.tried("healthcheck", "run", name)
        health.wait(self.podman, self.checks, self.ended, HEALTHY_SECONDS)
        return ""

    def _down(self) -> str:
        self._compose([*self.up[: self.up.index("up")], "down", "--volumes"])
        if left := self.podman.left():
            raise Refusal(f"`down --volumes` left {', '.join(left)}")
        return "no container, volume or network is left"

    def _compose(self, command: list[str]) -> str:
        told = head.composed(command, str(VENV / "bin" / "podman-compose"))
        return self._run([*self.podman.within(self.place), *told])

    def _run(self, command: list[str]) -> str:
        """Run a command as this run's podman is told, with what it says in the log; gives what it printed."""
        env = environment.complete({**self.podman.env, head.OURS: f"{IMAGE}:{FIRST}"})
        log = self.folder.log("compose")
        with log.open("a") as file:
            file.write(f"==== {' '.join(command)}\n")
            file.flush()
            done = subprocess.run(
                command, cwd=self.place, env=env, stdout=subprocess.PIPE, stderr=file, text=True, timeout=START_SECONDS, check=False,
            )  # fmt: skip
            file.write(done.stdout)
        if done.returncode:
            raise Refusal(
                f"{' '.join(command[-6:])} gave {done.returncode}",
                "\n".join(log.read_text("utf-8").splitlines()[-20:]),
            )
        return done.stdout

    def stop(self) -> None:
        """Remove everything that this run has made, with what the containers said kept in the log."""
        if self.timers is not None and self.timers.is_alive():
            self.timers.end()
        if self.apart is None:
            return
        say("removing containers, network, volumes and names of images")
        if self.apart.is_there:
            self._keep_logs()
        self.apart.remove()
        shutil.rmtree(self.place, ignore_errors=True)

    def _keep_logs(self) -> None:
        """Keep what containers said that are still there: of a start that failed."""
        for name in self.podman.do("ps", "--all", "--format", "{{.Names}}").split():
            with self.folder.log(name).open("w") as file:
                subprocess.run(
                    [*self.podman.prefix, "podman", "logs", name],
                    env=self.podman.env,
                    stdout=file,
                    stderr=file,
                    check=False,
                )


def render(rows: list[tuple[str, float, str]]) -> str:
    """Give the table of a start."""
    lines = ["| deploy/compose.yaml | seconds | |", "|---|---|---|"]
    return "\n".join([*lines, *(f"| {what} | {seconds:.0f} | {found} |" for what, seconds, found in rows)])
