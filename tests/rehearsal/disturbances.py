"""What a cluster does to the platform, one after the other under load; each waits until everything is whole again."""

import re
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from deploy.k8s.rehearse.stage import SECOND, Stage
from tests.rehearsal.load import Load

READY_SECONDS = 180
RESTART_SECONDS = 240


@dataclass
class Row:
    """One disturbance: how long it took, when `/readyz` said yes again after it, and what people met meanwhile."""

    what: str
    seconds: float
    ready_after: float
    answered: int
    sent_back: int
    failed: Counter
    restarts: list[str]
    note: str = ""


class Disturbances:
    """All of them, in the order of the manifests' promises."""

    def __init__(self, stage: Stage, load: Load, away: int, only: str = ""):
        self.stage, self.load, self.away, self.only = stage, load, away, re.compile(only)
        self.rows: list[Row] = []
        self.backup, self.written_before_backup = "", 0
        self.wanted_restarts: list[str] = []

    def steps(self) -> Iterator[tuple[str, Callable[[], str]]]:
        """Give each with its name."""
        yield "a rollout of everything to a second tag", self._roll
        for at in range(3):
            yield f"broker {at + 1} of 3 stopped, and back", lambda at=at: self._broker(at)
        for at in range(3):
            yield f"member {at + 1} of 3 of the database stopped, and back", lambda at=at: self._member(at)
        yield "one pod of each process deleted, with work in hand", self._delete
        yield f"broker and database away for {self.away} s", self._away
        yield "SIGSTOP of one of two pods of market", self._stop
        yield "a backup", self._back_up

    def all(self, say: Callable[[str], None]) -> None:
        """Do each, and note what people met."""
        for what, do in self.steps():
            if not self.only.search(what):
                continue
            self.load.must_go_on()
            row = self._measured(what, do)
            self.rows.append(row)
            say(
                f"{what}: {row.seconds:.0f} s, ready {row.ready_after:.1f} s after; {row.answered} answered, "
                f"{row.sent_back} sent back, {row.failed.total()} failed {dict(row.failed) or ''}; {row.note}"
            )

    def _measured(self, what: str, do: Callable[[], str]) -> Row:
        before, restarts = self.load.met(), len(self.restarts())
        began = time.monotonic()
        note = do()
        done = time.monotonic()
        self.load.platform.wait_ready(READY_SECONDS)
        whole = time.monotonic()
        # who was waiting hears its answer, and counts here
        time.sleep(2)
        met = self.load.met()
        return Row(
            what=what,
            seconds=done - began,
            ready_after=whole - done,
            answered=met.answered - before.answered,
            sent_back=met.sent_back - before.sent_back,
            failed=met.failed - before.failed,
            restarts=self.restarts()[restarts:],
            note=note,
        )

    def restarts(self) -> list[str]:
        """Give every restart so far."""
        return [one for deployment in self.stage.deployments.values() for one in deployment.restarts]

    def _roll(self) -> str:
        self.stage.apply(SECOND)
        return f"{sum(len(one.pods) for one in self.stage.deployments.values())} pods"

    def _broker(self, at: int) -> str:
        nodes = self.stage.stores.nodes
        nodes.stop(at)
        note = self._ready_without()
        nodes.begin(at)
        return note

    def _member(self, at: int) -> str:
        members = self.stage.stores.members
        primary = members.primary() == at
        members.stop(at)
        note = self._ready_without()
        members.begin(at)
        return f"the primary; {note}" if primary else note

    def _ready_without(self) -> str:
        """Wait until the platform is ready while something is away, and let the load go on for a while without it."""
        began = time.monotonic()
        self.load.platform.wait_ready(READY_SECONDS)
        note = f"ready {time.monotonic() - began:.1f} s after the stop"
        self.load.some_more()
        return note

    def _delete(self) -> str:
        there = self.stage.deployments.values()
        for deployment in there:
            deployment.replace(deployment.pods[0])
        for deployment in there:
            deployment.wait_available()
            deployment.wait_left()
        slowest = max(there, key=lambda one: one.ended[-1].took)
        return f"slowest to end: {slowest.name}, {slowest.ended[-1].took:.1f} s"

    def _away(self) -> str:
        self.stage.stores.take_away()
        # the time is what is promised, not a wait for something
        time.sleep(self.away)
        self.stage.stores.bring_back()
        return ""

    def _stop(self) -> str:
        pod = self.stage.deployments["market"].pods[0]
        before = len(pod.restarts)
        pod.send(signal.SIGSTOP)
        self.load.platform.wait_for(lambda: len(pod.restarts) > before, RESTART_SECONDS)
        self.wanted_restarts.append(f"{pod.name}: {pod.restarts[-1]}")
        self.load.platform.wait_for(lambda: pod.ready, RESTART_SECONDS)
        return pod.restarts[-1]

    def _back_up(self) -> str:
        self.written_before_backup = self.load.acknowledged
        printed = self.stage.job("backup", SECOND)
        self.backup = next(
            word
            for line in reversed(printed.splitlines())
            for word in line.split()
            if word.startswith("/backups/")
        )
        return f"{self.written_before_backup} writes before it"
