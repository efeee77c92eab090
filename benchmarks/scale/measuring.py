"""Every operation on both platforms in turns, one request after the other: what slows one slows both."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from statistics import median

Operations = dict[str, Callable[[], object]]
WARM_UP = 5
ROUNDS = 3
AIM = 1.3
"""What an operation may cost in the large county, by that in the small one."""

AGAIN = 3
"""What lies above the aim is asked so many times as often besides: a few dozen requests have a median that strays by a third
on a busy machine. All of them count."""


LIVES_FROM = {"certify": "register", "accept": "apply"}
"""What an operation uses up, by what brings it: whoever is asked again, so is that."""


def measured(
    large: Operations, small: Operations, times: int, pause: float = 0.0
) -> Iterator[tuple[str, list[float], list[float]]]:
    """Give (name, milliseconds in the large county, in the small one) of each operation, asked `times` each.

    In several rounds over all operations, so that a disturbance of some seconds hits many of them a little. `pause`
    (seconds) follows each request, so that what a write causes elsewhere is over before the next.
    """
    seen: dict[str, tuple[list[float], list[float]]] = defaultdict(lambda: ([], []))
    names = list(large)
    for number in range(ROUNDS * (1 + AGAIN)):
        if number == ROUNDS:
            names = _asked_again([name for name in names if ratio(*seen[name]) > AIM], names)
        for name in names:
            pairs = _in_turns(large[name], small[name], times // ROUNDS, WARM_UP if number == 0 else 1, pause)
            for side, found in zip(seen[name], pairs, strict=True):
                side += found
    for name, (in_large, in_small) in seen.items():
        yield name, in_large, in_small


def ratio(large: list[float], small: list[float]) -> float:
    """Give what the median request costs in the large county, by that in the small one."""
    return median(large) / median(small)


def _asked_again(slow: list[str], names: list[str]) -> list[str]:
    """Give what is slow and what that lives from, in the order of `names`."""
    again = {*slow, *(LIVES_FROM[name] for name in slow if name in LIVES_FROM)}
    return [name for name in names if name in again]


def _in_turns(large, small, times: int, warm_up: int, pause: float) -> tuple[list[float], list[float]]:
    spent: tuple[list[float], list[float]] = ([], [])
    for number in range(warm_up + times):
        both = [(large, spent[0]), (small, spent[1])]
        for ask, into in both if number % 2 else both[::-1]:
            begun = time.perf_counter()
            ask()
            if number >= warm_up:
                into.append((time.perf_counter() - begun) * 1000)
            time.sleep(pause)
    return spent
