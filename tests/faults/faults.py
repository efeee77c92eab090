"""The faults: what is broken, how, and in which order."""

import random
import time
from dataclasses import dataclass, field

from tests.faults.scene import Scene

SPARED = ("recorder", "payment-simulator", "witness", "latecomer")
"""Not the platform's: the witness is killed in its own way, the recorder has its connections cut."""

CUT = {
    "": "all connections",
    "listens": "listeners",
    "relay of": "relays",
    "gateway": "the gateway",
}
IN_TRANSACTION = "witness in mid-transaction"
DOWN_SECONDS = (0.1, 2.0)
PAUSE_SECONDS = (2.0, 8.0)


@dataclass
class Fault:
    """One fault that was done; `recovered` is how many seconds later the platform was whole again."""

    how: str
    what: str
    recovered: float = 0.0


@dataclass
class Breaker:
    """Does fault after fault, every kind once before any comes again; the same seed gives the same order."""

    scene: Scene
    seed: int
    done: list[Fault] = field(default_factory=list)

    def __post_init__(self):
        self.chance = random.Random(self.seed)
        self.waiting: list[Fault] = []

    def next(self) -> Fault:
        """Do the next fault and wait until the platform is whole again; a cut that met no connection is none."""
        fault = self._draw()
        while not {"kill": self._kill, "pause": self._pause, "cut": self._cut}[fault.how](fault.what):
            fault = self._draw()
        fault.recovered = self.scene.wait_ready()
        self.done.append(fault)
        return fault

    def _draw(self) -> Fault:
        if not self.waiting:
            self.waiting = kinds(list(self.scene.children))
            self.chance.shuffle(self.waiting)
        return self.waiting.pop()

    def _kill(self, what: str) -> bool:
        if what == IN_TRANSACTION:
            self.scene.kill_in_transaction()
            what = "witness"
        else:
            self.scene.kill(what)
        time.sleep(self.chance.uniform(*DOWN_SECONDS))
        self.scene.restart(what)
        return True

    def _pause(self, what: str) -> bool:
        self.scene.pause(what, self.chance.uniform(*PAUSE_SECONDS))
        return True

    def _cut(self, what: str) -> bool:
        named = next(text for text, shown in CUT.items() if shown == what)
        return self.scene.cut(named) > 0


def kinds(running: list[str]) -> list[Fault]:
    """Give one fault of every kind for these processes: those of the Procfile, the broker and the database."""
    names = sorted(set(running) - set(SPARED))
    kills = [Fault("kill", name) for name in (*names, IN_TRANSACTION)]
    pauses = [Fault("pause", name) for name in (*names, "witness")]
    return kills + pauses + [Fault("cut", shown) for shown in CUT.values()]
