"""One row after the other: look at an answer, warm up, then measure the systems in turns."""

import json
from contextlib import suppress

from benchmarks.requests.asks import A_SECOND, Ask
from benchmarks.requests.figures import Key, Measured
from benchmarks.requests.load import Void, load, written
from benchmarks.requests.plan import LASTING, OURS, PAGES, WARM_SECONDS, Plan
from benchmarks.requests.scene import Scene
from benchmarks.requests.systems import System
from deploy.local.progress import say

SAME = ("private-read", "public-read", "list")
"""Rows whose answers must be the same JSON from every system. Of a search ours is ranked, the others find what holds every word."""


class Measuring:
    """The measurements of a run: `seen` by row and system; `void` says what could not be measured, `again` what at second try."""

    def __init__(self, plan: Plan, scene: Scene):
        self.plan, self.scene = plan, scene
        self.seen: dict[Key, dict[str, list[Measured]]] = {}
        self.void: list[str] = []
        self.again: list[str] = []
        self.skipped: list[str] = []

    def measure(self, setup: str) -> None:
        """Measure every row in a set-up whose systems run."""
        for work in self.plan.works:
            asks = [] if work == "write" else self.scene.asks.of(work)
            able, most = self._able(setup, work, asks), max(self.plan.clients)
            for system in able:
                # what goes wrong for a reason goes wrong again where it counts
                with suppress(Void):
                    warm = self.plan.length(work, most, WARM_SECONDS)
                    self._one(self.scene.systems[system], work, most, asks, warm)
            for clients in self.plan.clients:
                self._row(setup, work, clients, able, asks)

    def _row(self, setup: str, work: str, clients: int, able: list[str], asks: list[Ask]) -> None:
        row: dict[str, list[Measured]] = {name: [] for name in able}
        seconds = self.plan.length(work, clients)
        for number in range(self.plan.rounds):
            for name in [name for name in self.plan.turns(number) if name in row]:
                one = self._try(setup, work, clients, name, asks, seconds)
                if one:
                    row[name].append(one)
                else:
                    # one void round voids the row: the others would be compared with other rounds
                    del row[name]
        self.seen[setup, work, clients] = row
        shown = ", ".join(f"{name} {' '.join(_shown(one) for one in some)}" for name, some in row.items())
        say(f"{setup} {work} {clients}: {shown}")

    def _able(self, setup: str, work: str, asks: list[Ask]) -> list[str]:
        """Give the systems that answer the row, and as the platform does where that can be told."""
        answers, able = {}, []
        for name in self.plan.able(work):
            system = self.scene.systems[name]
            ask = asks[0] if asks else self._writes(system, 1)[0]
            answer = system.ask(ask)
            if answer.status_code == 404 and work == "page" and name == OURS:
                self.skipped.append(f"{setup} {work}: the platform has no {self.plan.page} yet")
            elif not 200 <= answer.status_code < 300:
                self.void.append(f"{setup} {work}: {name} answers {answer.status_code} {answer.text[:200]}")
            elif lacks := _lacks(answer.text, ask):
                self.void.append(f"{setup} {work}: the page of {name} {lacks}")
            else:
                answers[name] = {} if work in PAGES else _of_the_data(answer.json())
                able.append(name)
        for name in able if work in SAME and OURS in able else ():
            if answers[name] != answers[OURS]:
                self.void.append(
                    f"{setup} {work}: {name} answers otherwise: {_first_difference(answers, name)}"
                )
        return [name for name in able if work not in SAME or answers[name] == answers.get(OURS)]

    def _try(
        self, setup: str, work: str, clients: int, name: str, asks: list[Ask], seconds: int
    ) -> Measured | None:
        """Measure once; a peer that erred is started again for a second try: its errors are not ours to mend. Ours must not err."""
        for last in (name == OURS, True):
            try:
                return self._one(self.scene.systems[name], work, clients, asks, seconds)
            except Void as reason:
                (self.void if last else self.again).append(f"{setup} {work} {clients}: {name}: {reason}")
                if last:
                    return None
                self.scene.start_again(name)

    def _one(self, system: System, work: str, clients: int, asks: list[Ask], seconds: int) -> Measured:
        unique = None
        if work == "write":
            unique = A_SECOND * (seconds + 1)
            asks = self._writes(system, unique)
        requests = written(self.scene.folder.path / "requests.bin", [ask.raw for ask in asks])
        before = system.cpu(self.scene.shared)
        seen = load(system.port, clients, seconds, requests, unique)
        if unique:
            system.written += seen.sent - unique
        if work in LASTING:
            system.settle(self.scene.shared)
        spent = system.cpu(self.scene.shared) - before
        done = seen.sent if work in LASTING else seen.requests
        return Measured(seen.rps, seen.p50_ms, seen.p99_ms, spent / done * 1e6)

    def _writes(self, system: System, count: int) -> list[Ask]:
        made = self.scene.asks.writes(count, system.written)
        system.written += count
        return made


def _of_the_data(answer: dict) -> dict:
    """Give what an answer says of the data: how a cursor is written is each system's own."""
    return {name: value if name != "next" else bool(value) for name, value in answer.items()}


def _lacks(page: str, ask: Ask) -> str:
    """Say what a page holds otherwise than it must; nothing of an answer that is none."""
    seen = [(text, times, page.count(text)) for text, times in ask.shows]
    wrong = [f"holds {text!r} {found} times, not {times}" for text, times, found in seen if found != times]
    return ", ".join(wrong)


def _shown(one: Measured) -> str:
    return f"{one.rps:,.0f}/s ({one.cpu_us:,.0f} µs)"


def _first_difference(answers: dict, name: str) -> str:
    ours, theirs = (json.dumps(answers[n], ensure_ascii=False, sort_keys=True) for n in (OURS, name))
    at = next((n for n, (a, b) in enumerate(zip(ours, theirs, strict=False)) if a != b), 0)
    return f"{theirs[max(0, at - 40) : at + 40]} instead of {ours[max(0, at - 40) : at + 40]}"
