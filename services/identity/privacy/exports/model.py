"""A request for a copy of one's own data, and its rules (个人信息保护法 art. 45).

gathering -> ready       whoever has not answered is asked again; the copy can be fetched meanwhile, and says what lacks
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from services.chassis.core.clock import day_of, moment_of
from services.chassis.core.errors import TooMany

SERVICES = ("identity", "affairs", "market", "integrity")
"""Whoever holds something of a person."""

MOST_A_DAY = 3
"""Our choice: whoever needs more a day is somebody else."""

PATIENCE = (
    timedelta(minutes=2),
    timedelta(minutes=10),
    timedelta(hours=1),
    timedelta(hours=6),
    timedelta(days=1),
)
"""How long a service has, and how long each further time; the last goes on until the copy expires."""


@dataclass
class Export:
    """One request of one resident; `entries` are the ids under which the person is known, merged ones too.

    `slot` is the place among the requests of `day`, a date in China; `gathered` are the services that have answered and when.
    """

    id: str
    region: str
    resident_id: str
    entries: list[str]
    asked_at: datetime
    expires_at: datetime
    day: str
    slot: int
    next_at: datetime | None = None
    state: str = "gathering"
    asked_again: int = 0
    gathered: dict[str, datetime] = field(default_factory=dict)
    version: int = 0

    @property
    def missing(self) -> list[str]:
        """The services that have not answered."""
        return [service for service in SERVICES if service not in self.gathered]

    def ask(self) -> list[tuple[str, dict]]:
        """Ask every service."""
        self.next_at = self.asked_at + PATIENCE[0]
        return self._tell("asked", entries=self.entries, expires_at=self.expires_at.isoformat())

    def ask_again(self, now: datetime) -> list[tuple[str, dict]]:
        """Ask those who have not answered in their time; nothing happens too early."""
        if self.next_at is None or now < self.next_at:
            return []
        self.asked_again += 1
        patience = PATIENCE[min(self.asked_again, len(PATIENCE) - 1)]
        self.next_at = now + patience if now + patience < self.expires_at else None
        return self._tell("asked_again", entries=self.entries, expires_at=self.expires_at.isoformat())

    def take_answer(self, service: str, now: datetime) -> list[tuple[str, dict]]:
        """A service has gathered its part; the last one makes the copy whole."""
        self.gathered = {**self.gathered, service: now}
        if self.missing:
            return []
        self.state, self.next_at = "ready", None
        return self._tell("ready")

    def _tell(self, verb: str, **more: str | list[str]) -> list[tuple[str, dict]]:
        fact = {"export_id": self.id, "resident_id": self.resident_id, "state": self.state}
        return [(f"export.{verb}", {**fact, **more})]


def china_day(now: datetime) -> str:
    """The date in China."""
    return day_of(now).isoformat()


def a_few_copies_a_day(taken: set[int], now: datetime) -> int:
    """A free place among today's requests; raises TooMany where there is none."""
    free = [slot for slot in range(MOST_A_DAY) if slot not in taken]
    if not free:
        midnight = moment_of(day_of(now) + timedelta(days=1))
        raise TooMany(
            "export.too_many",
            "今天申请副本的次数已用完，请下载已有的副本，或明天再申请。",
            retry_after=int((midnight - now).total_seconds()) + 1,
        )
    return free[0]
