"""What is measured: the rows, the set-ups and how long each takes."""

import argparse
from dataclasses import dataclass

SETUPS = ("one-worker", "all-cores")
PAGES = ("listing-page", "my-page", "desk-page")
"""Pages for people, as HTML: the monolith renders templates too; the other two have no pages."""
WORKS = ("private-read", "public-read", "list", "write", "page", "search", "login", *PAGES)
SYSTEMS = ("monolith", "nameko", "faststream", "xiangzhi")
CLIENTS = (1, 16)
BASE = "monolith"
OURS = "xiangzhi"

WARM_SECONDS = 1
LASTING = ("write", "login")
"""Rows that go on after wrk has gone: events are sent, hashes are finished for nobody. All of it is their work."""
LOGIN_SECONDS = 4
"""At least, where several sign in at once: one hash for each takes more than one second."""


@dataclass(frozen=True)
class Plan:
    """What this run measures; `seconds` is one measurement's length, whole because wrk takes no fraction."""

    setups: tuple[str, ...] = SETUPS
    works: tuple[str, ...] = WORKS
    systems: tuple[str, ...] = SYSTEMS
    clients: tuple[int, ...] = CLIENTS
    rounds: int = 2
    seconds: int = 2
    page: str = "/overview"
    startup: bool = True
    departments: int = 0

    @property
    def minutes(self) -> float:
        """Give about how long it takes, warm-ups and changes of the set-up included."""
        each = sum(len(self.able(work)) * (self._warm(work) + self._measured(work)) for work in self.works)
        changing = 30 * len(self.setups) + 30 * self.startup + 20
        return (1.05 * len(self.setups) * each + changing) / 60

    def _measured(self, work: str) -> float:
        lasting = (work in LASTING) * len(self.clients)
        return self.rounds * (sum(self.length(work, clients) for clients in self.clients) + lasting)

    def _warm(self, work: str) -> float:
        return self.length(work, max(self.clients), WARM_SECONDS) + (work in LASTING)

    def length(self, work: str, clients: int, seconds: int | None = None) -> int:
        """Give the seconds of one measurement: half of it for one client, whose figures hardly vary."""
        seconds = seconds or (self.seconds if clients > 1 else max(1, self.seconds // 2))
        return max(seconds, LOGIN_SECONDS) if work == "login" and clients > 1 else seconds

    def turns(self, number: int) -> tuple[str, ...]:
        """Give the systems in the order of this round: every other one backwards."""
        return self.systems if number % 2 == 0 else self.systems[::-1]

    def able(self, work: str) -> tuple[str, ...]:
        """Give the systems that have such a row at all."""
        return tuple(name for name in self.systems if work not in PAGES or name in (BASE, OURS))


def plan_of(arguments: list[str]) -> Plan:
    """Read the arguments; ends the program with a sentence where one is wrong."""
    parser = argparse.ArgumentParser(prog="make bench", description="Measure what a request costs.")
    parser.add_argument("--rounds", type=_positive, default=Plan.rounds)
    parser.add_argument("--seconds", type=_positive, default=Plan.seconds, help="length of one measurement")
    parser.add_argument("--works", type=_of(WORKS), default=WORKS, help=f"some of {','.join(WORKS)}")
    parser.add_argument("--setups", type=_of(SETUPS), default=SETUPS, help=f"some of {','.join(SETUPS)}")
    parser.add_argument("--systems", type=_of(SYSTEMS), default=SYSTEMS, help="the monolith always runs")
    parser.add_argument("--clients", type=_numbers, default=CLIENTS, help="for instance 1,16")
    parser.add_argument("--page", default=Plan.page, help="path of the page of four services")
    parser.add_argument(
        "--departments", type=int, default=0, help="so many departments hear all that our system tells"
    )
    parser.add_argument("--no-startup", dest="startup", action="store_false", help="do not time `make run`")
    return Plan(**vars(parser.parse_args(arguments)))


def _positive(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError("a whole number from 1")
    return int(text)


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(_positive(part) for part in text.split(","))


def _of(names: tuple[str, ...]):
    def chosen(text: str) -> tuple[str, ...]:
        asked = text.split(",")
        wrong = [name for name in asked if name not in names]
        if wrong:
            raise argparse.ArgumentTypeError(f"{wrong[0]} is none of {', '.join(names)}")
        # ratios are to the monolith, and its answers are compared with ours
        always = {BASE, OURS} & set(names)
        return tuple(name for name in names if name in always | set(asked))

    return chosen
