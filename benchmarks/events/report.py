"""The table that a person reads and the file that a program reads."""

import json
import os
import platform
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from statistics import median, quantiles

from benchmarks.events.place import Place

RESULT = Path(".xiangzhi/bench-events.json")
LIBRARIES = ("amqp", "pymongo", "nameko", "eventlet", "orjson")


def machine(place: Place) -> dict:
    """Give the facts without which no figure means anything."""
    with place.connection() as connection:
        properties = connection.server_properties
    client = place.database("bench").client
    server = client.server_info()["version"]
    client.close()
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "cores": os.cpu_count(),
        "load before": os.getloadavg()[0],
        "python": platform.python_version(),
        "broker": f"{properties['product']} {properties['version']}",
        "database": f"MongoDB {server}",
        **{name: version(name) for name in LIBRARIES},
    }


Costs = dict[str, list[dict[str, float]]]


def show(facts: dict, rates: dict, costs: Costs, lags: dict[str, list[float]], limit: str) -> None:
    """Print everything: medians over the rounds with their spread and cost, then the lags."""
    print("\n" + ", ".join(f"{name} {value}" for name, value in facts.items()))
    print(
        f"\n{'events a second, median of ' + str(len(rates[limit])) + ' rounds':<58}{'':>8}  ratio  lowest-highest   µs of processor per event: process, broker, database"
    )
    for name, seen in rates.items():
        middle = median(seen)
        # round by round: what slows one round slows the limit in it too
        ratio = median(rate / best for rate, best in zip(seen, rates[limit], strict=True))
        print(
            f"{name:<58}{middle:>8,.0f}  {ratio:5.2f}  {f'{min(seen):,.0f}-{max(seen):,.0f}':>14}   {_spent(costs[name])}"
        )
    print(f"\n{'from the committed write, milliseconds':<58}{'median':>8}{'p99':>8}  events")
    for name, seen in lags.items():
        print(f"{name:<58}{median(seen):>8.1f}{quantiles(seen, n=100)[98]:>8.1f}  {len(seen)}")


def _spent(seen: list[dict[str, float]]) -> str:
    return ", ".join(f"{median(one[name] for one in seen):.0f}" for name in seen[0])


def keep(facts: dict, rates: dict, costs: Costs, lags: dict[str, list[float]]) -> None:
    """Write the figures to `.xiangzhi/bench-events.json`, which is not part of the project's history."""
    figures = {
        name: {"median": median(seen), "rounds": seen, "microseconds": costs[name]}
        for name, seen in rates.items()
    }
    waits = {
        name: {"median": median(s), "p99": quantiles(s, n=100)[98], "events": len(s)}
        for name, s in lags.items()
    }
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps({"machine": facts, "events_per_second": figures, "lag_ms": waits}, indent=1))
    print(f"\nkept in {RESULT}")
