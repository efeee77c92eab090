"""A resident's comparison with the household register. The figures are the platform's own; no regulation sets them."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import ceil

from services.chassis.errors import TooMany

STATES = ("waiting", "matched", "unmatched", "unavailable")
TRIES, TRIES_IN = 3, timedelta(days=1)
ASKS_KEPT = 20


@dataclass
class Match:
    """One resident's comparison; the id is the resident's, so that tries are counted whoever makes them.

    `asks` are {by, at} of the latest tries; `next_at` is when somebody must look again, None where it is settled.
    """

    id: str
    region: str
    asked_by: str
    asked_at: datetime
    state: str = "waiting"
    source: str | None = None
    elsewhere: bool | None = None
    settled_at: datetime | None = None
    next_at: datetime | None = None
    asks: list[dict] = field(default_factory=list)
    edition: str = ""
    formerly: list[dict] = field(default_factory=list)
    version: int = 0

    def ask(self, by: str, region: str, edition: str, now: datetime) -> None:
        """Somebody asks again; raises TooMany."""
        probing_is_limited(self.asks, now)
        self.asked_by, self.asked_at, self.region, self.edition = by, now, region, edition
        self.asks = [*self.asks, {"by": by, "at": now}][-ASKS_KEPT:]
        self.state, self.settled_at = "waiting", None

    def settle(self, found: "Found", now: datetime) -> None:
        """Say what was found; where the register has another village is a hint for officials only."""
        self.state = "matched" if found.same else "unmatched"
        self.source, self.elsewhere = found.source, found.elsewhere
        self.settled_at, self.next_at = now, None


@dataclass(frozen=True)
class Found:
    """What a register says of a person."""

    same: bool
    source: str
    elsewhere: bool | None = None


def probing_is_limited(asks: list[dict], now: datetime) -> None:
    """Whoever tries numbers and names out learns little in a day."""
    recent = [one["at"] for one in asks if one["at"] > now - TRIES_IN]
    if len(recent) >= TRIES:
        wait = max(1, ceil((recent[-TRIES] + TRIES_IN - now).total_seconds()))
        raise TooMany(
            "match.asked_too_often",
            "今天核对次数已用完，请明天再试，或带证件到便民服务窗口办理。",
            retry_after=wait,
        )
