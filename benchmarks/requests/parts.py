"""What the start page costs beside its slowest part asked alone: all by one caller, in turns, in one run.

Page and parts are asked as people ask them: what everybody may read comes from the gateway's cache in both.
"""

import statistics
import time
from types import SimpleNamespace

import requests

from benchmarks.requests.asks import Asks
from benchmarks.requests.figures import Aim
from benchmarks.requests.systems import System
from gateway.aggregation import Part
from gateway.routes import ALL
from gateway.start_pages import MINE

ROUNDS, WARM_UP = 200, 20
MOST = 1.5
PAGE = "page"


def paths(resident: str) -> dict[str, str]:
    """Give the path of the page, and of the own route of each part that it gives, by name."""
    who = SimpleNamespace(id=resident)
    return {PAGE: MINE.path} | {name: _path(MINE.parts[name], who) for name in MINE.first}


def aims(system: System, asks: Asks) -> tuple[list[Aim], dict[str, float]]:
    """Measure; gives whether the page keeps to what it may cost, and the median milliseconds by name."""
    seen = _medians(system, asks)
    return [_aim(seen)], seen


def _aim(seen: dict[str, float]) -> Aim:
    parts = [MINE.parts[name] for name in MINE.first]
    slowest = max(MINE.first, key=seen.get)
    factor = seen[PAGE] / seen[slowest]
    of = f"{len(parts)} parts of {len({part.named.service for part in parts})} services"
    cached = sum(part.public for part in parts)
    beside = f"beside the slowest alone ({slowest}, {seen[slowest]:.1f} ms)"
    says = f"one caller: a page of {of}, {cached} of them from the cache, {beside}, at most {MOST}"
    return Aim(says, factor, factor <= MOST)


def _medians(system: System, asks: Asks) -> dict[str, float]:
    token = asks.of("page")[0].token
    spent: dict[str, list[float]] = {}
    with requests.Session() as session:
        session.headers.update({"Authorization": f"Bearer {token}"})
        for number in range(WARM_UP + ROUNDS):
            for name, path in paths(asks.seeds.residents[0]).items():
                began = time.perf_counter()
                session.get(f"http://127.0.0.1:{system.port}{path}", timeout=30).raise_for_status()
                if number >= WARM_UP:
                    spent.setdefault(name, []).append((time.perf_counter() - began) * 1000)
    return {name: statistics.median(times) for name, times in spent.items()}


def _path(part: Part, who) -> str:
    route = next(one for one in ALL if one.named == part.named and one.reads)
    path, query = route.address({n: str(v).lower() for n, v in part.asked(who).items()})
    return f"{path}?{query}"
