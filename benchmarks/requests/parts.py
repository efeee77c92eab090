"""What a page costs beside its slowest part, asked alone: both by one caller, in turns, in one run."""

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


def paths(resident: str) -> dict[str, str]:
    """Give the page's path and that of the route that answers each part alone, by name."""
    who = SimpleNamespace(id=resident)
    return {"page": MINE.path, **{name: _path(part, who) for name, part in MINE.parts.items()}}


def aim(system: System, asks: Asks) -> tuple[Aim, dict[str, float]]:
    """Measure; gives whether the page keeps to what it may cost, and the median milliseconds by name."""
    seen = _medians(system, asks)
    name, slowest = max(((n, ms) for n, ms in seen.items() if n != "page"), key=lambda one: one[1])
    factor = seen["page"] / slowest
    says = f"one caller: the page of four services beside its slowest part alone ({name}, {slowest:.1f} ms), at most {MOST}"
    return Aim(says, factor, factor <= MOST), seen


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
