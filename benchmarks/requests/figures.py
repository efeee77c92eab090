"""From measurements to rows, ratios, aims met or missed, and what got worse; no input or output here."""

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from benchmarks.requests.plan import BASE, OURS, SETUPS, WORKS

WORSE = 0.20
"""Share of its ratio by which a row of ours may fall before it is pointed at."""
P99_OF_MEDIAN = 3.0
OF_THE_MONOLITH = {
    ("one-worker", "private-read"): 0.95,
    ("all-cores", "private-read"): 0.55,
    ("all-cores", "list"): 0.6,
    ("all-cores", "write"): 0.6,
    ("all-cores", "page"): 0.6,
    ("one-worker", "public-read"): 1.5,
    ("all-cores", "public-read"): 1.5,
}
"""At 16 clients."""
OF_A_PEER = {"nameko": 5.0, "faststream": 2.5}
"""At 16 clients, on every row that crosses a service."""
MANY = 16

Key = tuple[str, str, int]
"""(setup, work, clients)"""


@dataclass(frozen=True)
class Measured:
    """One measurement: answers a second, milliseconds, microseconds of processor for each answer."""

    rps: float
    p50_ms: float
    p99_ms: float
    cpu_us: float


@dataclass(frozen=True)
class Aim:
    """One aim: what it says, what came of it, and whether that is enough."""

    says: str
    came: float
    met: bool


def rows_of(seen: dict[Key, dict[str, list[Measured]]]) -> list[dict]:
    """Give one row for each system: medians over the rounds; the ratio is the median of each round's own ratio.

    What slows one round slows the monolith in it too. A system that lacks a round is void and has no row.
    """
    rows = []
    for (setup, work, clients), systems in seen.items():
        base = systems.get(BASE, [])
        for system, rounds in systems.items():
            whole = bool(rounds) and len(rounds) == len(base)
            ratio = median(m.rps / b.rps for m, b in zip(rounds, base, strict=True)) if whole else None
            if not rounds:
                continue
            rows.append(
                {
                    "setup": setup,
                    "work": work,
                    "system": system,
                    "clients": clients,
                    **{n: round(median(getattr(m, n) for m in rounds), 2) for n in Measured.__annotations__},
                    "ratio_to_monolith": None if ratio is None else round(ratio, 3),
                }
            )
    return rows


def aims(rows: list[dict]) -> list[Aim]:
    """Give every aim whose rows were measured."""
    return [*_of_the_monolith(rows), *_of_peers(rows), *_tails(rows)]


def worse(rows: list[dict], before: list[dict]) -> list[str]:
    """Name the rows of ours whose ratio fell by more than a fifth since the run before."""
    old = {_name(row): row["ratio_to_monolith"] for row in before if row["system"] == OURS}
    found = []
    for row in rows:
        was, now = old.get(_name(row)), row["ratio_to_monolith"]
        if row["system"] == OURS and was and now is not None and now < was * (1 - WORSE):
            found.append(f"{_name(row)}: {was:.2f} of the monolith before, {now:.2f} now")
    return found


def _of_the_monolith(rows: list[dict]) -> Iterable[Aim]:
    for (setup, work), least in OF_THE_MONOLITH.items():
        row = _one(rows, setup, work, OURS)
        if row and row["ratio_to_monolith"] is not None:
            came = row["ratio_to_monolith"]
            yield Aim(f"{setup} {work}: at least {least:g} of the monolith", came, came >= least)


def _of_peers(rows: list[dict]) -> Iterable[Aim]:
    for setup in SETUPS:
        for work in WORKS:
            ours = _one(rows, setup, work, OURS)
            for peer, least in OF_A_PEER.items():
                theirs = _one(rows, setup, work, peer)
                # a cached public read crosses no service, and a login's time is the password's hash
                if ours and theirs and work not in ("public-read", "login"):
                    came = ours["rps"] / theirs["rps"]
                    yield Aim(f"{setup} {work}: at least {least:g} times {peer}", came, came >= least)


def _tails(rows: list[dict]) -> Iterable[Aim]:
    for row in rows:
        if row["system"] == OURS:
            came = row["p99_ms"] / row["p50_ms"]
            yield Aim(f"{_name(row)}: p99 below {P99_OF_MEDIAN:g} medians", came, came < P99_OF_MEDIAN)


def _one(rows: list[dict], setup: str, work: str, system: str) -> dict | None:
    wanted = {"setup": setup, "work": work, "system": system, "clients": MANY}
    return next((row for row in rows if wanted.items() <= row.items()), None)


def _name(row: dict) -> str:
    return f"{row['setup']} {row['work']} {row['clients']} client{'s' if row['clients'] > 1 else ''}"
