"""Measure the cost of events: `python -m benchmarks.events [rounds]`, about a minute a round, loopback only.

Takes AMQP_URI, MONGODB_URI and RABBITMQ_MANAGEMENT_URI; makes a virtual host and databases of its own there.
"""

import sys
from collections import defaultdict

from benchmarks.events import lag, listening, publishing, relaying, report
from benchmarks.events.cost import Cost
from benchmarks.events.place import Place

LIMIT = "batched confirms, 500 at once (the limit)"
STEPS = {
    "a confirm for each message": lambda place, cost: publishing.per_message(place, cost, 1_000),
    LIMIT: lambda place, cost: publishing.batched(place, cost, 10_000),
    "our relay, draining 20,000 committed events": lambda place, cost: relaying.drained(place, cost, 20_000),
    "one listener process: no effect": lambda place, cost: listening.handled(place, cost, "noop", 10_000),
    "one listener process: guarded copy, in batches": lambda place, cost: listening.handled(
        place, cost, "batch", 10_000
    ),
    "one listener process: guarded copy, one by one": lambda place, cost: listening.handled(
        place, cost, "copy", 4_000
    ),
    "one listener process: effect with inbox": lambda place, cost: listening.handled(
        place, cost, "inbox", 2_000
    ),
}
LAGS = {"published": "confirmed publish", "applied": "applied in a listener"}
LOADS = {"idle": "10 writes a second", "load": "500 writes a second"}


def main(arguments: list[str]) -> int:
    """Measure in turns; gives the exit code."""
    rounds = int(arguments[0]) if arguments else 3
    chosen = {
        name: step
        for name, step in STEPS.items()
        if not arguments[1:] or any(a in name for a in arguments[1:]) or name == LIMIT
    }
    rates, lags, costs = defaultdict(list), defaultdict(list), defaultdict(list)
    place = Place()
    try:
        facts, cost = report.machine(place), Cost(place)
        for number in range(rounds):
            for name, step in chosen.items():
                rates[name].append(step(place, cost))
                costs[name].append(cost.noted)
                print(f"round {number + 1}: {name}: {rates[name][-1]:,.0f}/s", flush=True)
            for name, seen in lag.lags(place).items():
                load, what = name.split()
                lags[f"{LOADS[load]}: {LAGS[what]}"] += seen
    finally:
        place.clear()
    report.show(facts, rates, costs, lags, LIMIT)
    report.keep(facts, rates, costs, lags)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
