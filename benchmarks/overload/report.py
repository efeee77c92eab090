"""The table that a person reads, the promises, and the file that a program reads."""

import json
import os
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.overload.load import Seen

RESULT = Path(".xiangzhi/bench-overload.json")
SLOWER, LONGEST_RETURN, GROWTH, ROOM = 2.0, 5.0, 1.5, 64
LEFT = 0.25
"""Share of what is normally accepted that a storm of callers who never pause must leave."""
OFFERED = 3.5
"""Times the load it can carry that must really have been asked: callers who wait for an answer ask less."""


@dataclass(frozen=True)
class Figures:
    """Everything that was seen; memory by phase and process in MiB."""

    before: Seen
    during: Seen
    after: Seen
    storm: Seen
    stormers: int
    memory: dict[str, dict[str, float]]
    normal_after: float
    deaf: int


def show(figures: Figures) -> None:
    """Print the tables."""
    print(f"\n{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores, load before {os.getloadavg()[2]:.1f}\n")
    print(f"{'':<44}{'accepted/s':>11}{'shed/s':>9}{'p50 ms':>9}{'p99 ms':>9}  answers by status")
    times = (figures.during.accepted + figures.during.shed) / figures.before.accepted
    rows = {
        "before: 16 connections": figures.before,
        f"during: {times:.1f} times that": figures.during,
        "after: 16 connections": figures.after,
        f"a storm: {figures.stormers} that never pause": figures.storm,
    }
    for name, seen in rows.items():
        statuses = ", ".join(f"{status}: {count}" for status, count in sorted(seen.statuses.items()))
        middle, slow = seen.quantile(0.5), seen.quantile(0.99)
        broken = f", broken connections: {seen.broken}" if seen.broken else ""
        print(
            f"{name:<44}{seen.accepted:>11,.0f}{seen.shed:>9,.0f}{middle:>9.1f}{slow:>9.1f}  {statuses}{broken}"
        )
    print(
        f"\nnormal again after {figures.normal_after:.1f} s; /healthz not answered within 1 s: {figures.deaf} times\n"
    )
    print(f"{'resident memory, MiB':<24}{'before':>9}{'peak':>9}{'after':>9}")
    for name in figures.memory["before"]:
        print(
            f"{name:<24}" + "".join(f"{figures.memory[phase].get(name, 0):>9.0f}" for phase in figures.memory)
        )
    print()


def broken(figures: Figures) -> list[str]:
    """Give a sentence for every promise that was not kept."""
    before, during = figures.before, figures.during
    times = (during.accepted + during.shed) / before.accepted
    slower = during.quantile(0.99) / before.quantile(0.99)
    left = figures.storm.accepted / before.accepted
    others = {status: n for status, n in during.statuses.items() if status not in ("200", "503")}
    grown = [
        f"{name} grew from {mib:.0f} to {figures.memory['peak'].get(name, 0):.0f} MiB"
        for name, mib in figures.memory["before"].items()
        if figures.memory["peak"].get(name, 0) > max(GROWTH * mib, mib + ROOM)
    ]
    checks = {
        f"only {times:.1f} times the load could be asked": times < OFFERED,
        f"p99 of what was accepted was {slower:.2f} times the normal one": slower > SLOWER,
        f"answers that are neither accepted nor refused: {others}": bool(others),
        f"{during.without_hint} refusals had no Retry-After": during.without_hint > 0,
        f"{during.broken} connections broke": during.broken > 0,
        "nothing was shed": during.shed == 0,
        f"it was normal again only after {figures.normal_after:.1f} s": figures.normal_after > LONGEST_RETURN,
        f"/healthz was not answered {figures.deaf} times": figures.deaf > 0,
        f"a storm left {left:.0%} of what is normally accepted": left < LEFT,
    }
    return [sentence for sentence, yes in checks.items() if yes] + grown


def keep(figures: Figures, broken: list[str]) -> None:
    """Write the figures to `.xiangzhi/bench-overload.json`, which is not part of the project's history."""
    RESULT.parent.mkdir(exist_ok=True)
    told = {"at": datetime.now(UTC).isoformat(timespec="seconds"), "cores": os.cpu_count(), "broken": broken}
    RESULT.write_text(json.dumps(told | asdict(figures), indent=1))
    print(f"kept in {RESULT}")
