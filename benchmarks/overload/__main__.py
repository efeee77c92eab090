"""Ask four times as much as the platform can do: `python -m benchmarks.overload [seconds]`, 60 s unless told otherwise.

Takes AMQP_URI, MONGODB_URI and RABBITMQ_MANAGEMENT_URI; starts the platform's real processes there. Exits with 1 where a
promise is broken.
"""

import sys
import threading
import time

from benchmarks.overload import report
from benchmarks.overload.load import Seen, put
from benchmarks.overload.scene import Scene, scene

NORMAL_CONNECTIONS = 16
CROWD = 1280
"""Connections of the overload: callers who do not wait for each other, as far as one machine can play them."""
STORM = 384
"""Connections of callers who never pause."""
TIMES = 4
ANSWERED_MS = 210
"""A caller pauses the shorter: he waits for his answer, mostly a refusal, which is held back, as well."""
NORMAL_SECONDS = 10
LONGEST_RETURN = 5


class Watch:
    """Samples the memory of every process, and whether the gateway says that it lives, until stopped."""

    def __init__(self, scene: Scene):
        self.peak: dict[str, float] = {}
        self.deaf = 0
        self._scene = scene
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._over.set()
        self._thread.join()

    def _run(self):
        while not self._over.wait(1):
            for name, mib in self._scene.memory().items():
                self.peak[name] = max(mib, self.peak.get(name, 0.0))
            self.deaf += not self._scene.healthy()


def main(arguments: list[str]) -> int:
    """Measure; gives the exit code."""
    seconds = int(arguments[0]) if arguments else 60
    with scene() as place:
        asked = (place.base, place.token, place.paths)
        put(*asked, NORMAL_CONNECTIONS, NORMAL_SECONDS // 2)
        before = put(*asked, NORMAL_CONNECTIONS, NORMAL_SECONDS)
        memory = {"before": place.memory()}
        pause = max(round(1000 * CROWD / (TIMES * before.accepted)) - ANSWERED_MS, 0)
        with Watch(place) as watch:
            during = put(*asked, CROWD, seconds, pause)
        memory["peak"] = watch.peak
        normal_after, after = _return(place, before)
        memory["after"] = place.memory()
        storm = put(*asked, STORM, NORMAL_SECONDS)
        figures = report.Figures(before, during, after, storm, STORM, memory, normal_after, watch.deaf)
    report.show(figures)
    broken = report.broken(figures)
    for sentence in broken:
        print(f"BROKEN: {sentence}")
    report.keep(figures, broken)
    return 1 if broken else 0


def _return(place: Scene, before: Seen) -> tuple[float, Seen]:
    """Give the seconds until a second is as good as before (nobody refused, p99 within twice the normal), and what follows."""
    began = time.monotonic()
    asked = (place.base, place.token, place.paths, NORMAL_CONNECTIONS)
    while time.monotonic() - began < 2 * LONGEST_RETURN:
        started = time.monotonic() - began
        seen = put(*asked, 1)
        if not seen.shed and seen.quantile(0.99) <= 2 * before.quantile(0.99):
            return started, put(*asked, NORMAL_SECONDS)
    return float("inf"), put(*asked, NORMAL_SECONDS)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
