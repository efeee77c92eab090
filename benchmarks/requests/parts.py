"""What pages cost beside their slowest parts, asked alone: all by one caller, in turns, in one run."""

import statistics
import time
from types import SimpleNamespace

import requests

from benchmarks.requests.asks import Asks
from benchmarks.requests.figures import Aim
from benchmarks.requests.systems import System
from gateway.overviews import MINE
from gateway.pages import Part
from gateway.routes import ALL

ROUNDS, WARM_UP = 200, 20
MOST = 1.5
FOUR, ALL_PARTS = "page of four", "page"


def one_of_each() -> list[str]:
    """Give the first part of each service of the page."""
    firsts: dict[str, str] = {}
    for name, part in MINE.parts.items():
        firsts.setdefault(part.service, name)
    return list(firsts.values())


def paths(resident: str) -> dict[str, str]:
    """Give the path of the page, of the page with one part of each service, and of each part's own route, by name."""
    who = SimpleNamespace(id=resident)
    pages = {ALL_PARTS: MINE.path, FOUR: f"{MINE.path}?parts={','.join(one_of_each())}"}
    return pages | {name: _path(part, who) for name, part in MINE.parts.items()}


def aims(system: System, asks: Asks) -> tuple[list[Aim], dict[str, float]]:
    """Measure; gives whether both pages keep to what they may cost, and the median milliseconds by name."""
    seen = _medians(system, asks)
    return [_aim(seen, FOUR, one_of_each()), _aim(seen, ALL_PARTS, list(MINE.parts))], seen


def _aim(seen: dict[str, float], page: str, names: list[str]) -> Aim:
    parts = [MINE.parts[name] for name in names]
    slowest = max(names, key=seen.get)
    factor = seen[page] / seen[slowest]
    of = f"{len(parts)} parts of {len({part.service for part in parts})} services"
    cached = sum(part.public for part in parts)
    beside = f"beside the slowest alone ({slowest}, {seen[slowest]:.1f} ms)"
    says = f"one caller: a page of {of}, {cached} of them from the cache, {beside}, at most {MOST}"
    return Aim(says, factor, factor <= MOST)


def _medians(system: System, asks: Asks) -> dict[str, float]:
    token = asks.of("page")[0].token
    spent: dict[str, list[float]] = {}
    with requests.Session() as session:
        # a part that everybody may read would come from the cache
        session.headers.update({"Authorization": f"Bearer {token}", "Cache-Control": "no-cache"})
        for number in range(WARM_UP + ROUNDS):
            for name, path in paths(asks.seeds.residents[0]).items():
                began = time.perf_counter()
                session.get(f"http://127.0.0.1:{system.port}{path}", timeout=30).raise_for_status()
                if number >= WARM_UP:
                    spent.setdefault(name, []).append((time.perf_counter() - began) * 1000)
    return {name: statistics.median(times) for name, times in spent.items()}


def _path(part: Part, who) -> str:
    route = next(one for one in ALL if (one.service, one.door) == (part.service, part.door) and one.reads)
    path, query = route.address({n: str(v).lower() for n, v in part.asked(who).items()})
    return f"{path}?{query}"
