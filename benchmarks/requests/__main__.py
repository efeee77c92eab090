"""Measure what a request costs: `python -m benchmarks.requests [--rounds 1 --works private-read,list ...]`.

Takes AMQP_URI, MONGODB_URI, RABBITMQ_MANAGEMENT_URI and XIANGZHI_STATE as `make bench` gives them.
"""

import os
import sys

from benchmarks.requests import figures, paint, parts, report, startup
from benchmarks.requests.measuring import Measuring
from benchmarks.requests.plan import BASE, OURS, plan_of
from benchmarks.requests.scene import Scene
from deploy.local.folders import shown
from deploy.local.progress import say

BUSY = 0.5
"""Runnable processes for each core above which a machine is too busy to compare systems on."""


def main(arguments: list[str]) -> int:
    """Measure and print; gives 1 where a row is void, because its figures would prove nothing."""
    plan = plan_of(arguments)
    facts = report.machine()
    say(f"measuring {len(plan.setups) * len(plan.works)} rows, about {plan.minutes:.0f} minutes")
    scene = Scene(plan)
    measuring, memory, pages, painted = Measuring(plan, scene), {}, ([], {}), []
    try:
        for setup in plan.setups:
            _start(scene, setup)
            measuring.measure(setup)
            memory = scene.systems[OURS].memory()
            if "page" in plan.works:
                pages = parts.aims(scene.systems[OURS], scene.asks)
            painted = painted or paint.lines([scene.systems[n] for n in (BASE, OURS)], scene.asks, plan.works)
            scene.stop()
    finally:
        scene.clear()
    ready = startup.seconds_to_ready() if plan.startup else "not measured"
    for line in painted:
        say(line)
    return _tell(facts, measuring, memory, pages, ready)


def _start(scene: Scene, setup: str) -> None:
    workers = 1 if setup == "one-worker" else os.cpu_count() or 1
    say(f"{setup}: starting {', '.join(scene.systems)} with {workers} gateway worker{'s' * (workers > 1)}")
    for name, system in scene.systems.items():
        system.start(workers)
        system.wait_ready(scene.look(name))
    for system in scene.systems.values():
        system.settle([])


def _tell(facts: dict, measuring: Measuring, memory: dict, pages: tuple, ready: float | str) -> int:
    of_pages, page_ms = pages
    rows, before = figures.rows_of(measuring.seen), report.before()
    print("\n" + ", ".join(f"{name} {value}" for name, value in facts.items()))
    if facts["load_before"] > BUSY * facts["cores"]:
        print("THE MACHINE WAS BUSY before it began: systems of many processes look worse than they are")
    print("\n" + report.table(rows))
    print("\n" + report.told([*figures.aims(rows), *of_pages]))
    for line in figures.worse(rows, before) or ["nothing" if before else "there is no run before"]:
        print(f"worse than before by more than a fifth: {line}")
    print("\n" + report.memory(memory))
    print(f"\nfrom `make run` (warm) to ready: {ready}{' s' if isinstance(ready, float) else ''}")
    for line in measuring.skipped:
        print(f"SKIPPED {line}")
    for line in measuring.again:
        print(f"MEASURED AGAIN {line}")
    report.keep(
        facts, rows, {"memory_mb": memory, "page_ms": page_ms, "ready_s": ready, "void": measuring.void}
    )
    print(f"kept in {shown(report.RESULT)} and {report.HISTORY.name} beside it")
    for line in measuring.void:
        print(f"VOID {line}", file=sys.stderr)
    return 1 if measuring.void else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
