"""A resident's comparison with the household register. The figures are the platform's own; no regulation sets them."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import ceil

from services.chassis.core.errors import TooMany

STATES = ("waiting", "matched", "unmatched", "unavailable")
TRIES, TRIES_IN = 3, timedelta(days=1)
ASKS_KEPT = 20

PAUSES = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15), timedelta(minutes=30))
"""How long a question waits after the provider's first, second... silence; the last one is repeated."""

PATIENCE = timedelta(days=1)
"""How long the provider is asked in vain before the person hears that nothing came of it."""

LEASE = timedelta(minutes=1)
"""How long a question is in one process's hands: after a crash another one asks."""


class NoAnswer(Exception):
    """The provider said nothing that can be believed; `kind` says why in one word."""

    def __init__(self, kind: str):
        super().__init__(kind)
        self.kind = kind


@dataclass
class Match:
    """One resident's comparison; the id is the resident's, so that tries are counted whoever makes them.

    `asks` are {by, at} of the latest tries; `next_at` is when somebody must look again, None where it is settled. `question` is
    what the provider is asked while it waits: {fingerprint, subject}, the subject being a keyed hash of the number and name that
    the resident had then; `silences` counts how often no answer came.
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
    question: dict | None = None
    silences: int = 0
    version: int = 0

    def ask(self, by: str, region: str, edition: str, now: datetime) -> None:
        """Somebody asks again; raises TooMany."""
        probing_is_limited(self.asks, now)
        self.asked_by, self.asked_at, self.region, self.edition = by, now, region, edition
        self.asks = [*self.asks, {"by": by, "at": now}][-ASKS_KEPT:]
        self.state, self.settled_at = "waiting", None
        self.source, self.elsewhere = None, None
        self.question, self.silences, self.next_at = None, 0, None

    @property
    def fingerprint(self) -> str:
        """What stands for the person in the question; "" where nothing is asked."""
        return self.question["fingerprint"] if self.question else ""

    def is_under_way(self, subject: str) -> bool:
        """Whether the provider is being asked about this number and name already."""
        return self.next_at is not None and self.concerns(subject)

    def concerns(self, subject: str) -> bool:
        """Whether the question is about somebody with this number and name."""
        return self.question is not None and self.question["subject"] == subject

    def wait(self, fingerprint: str, subject: str, now: datetime) -> None:
        """The provider is to be asked, by the clock."""
        self.question, self.next_at = {"fingerprint": fingerprint, "subject": subject}, now

    def begin(self, now: datetime) -> None:
        """Take the question in hand; written down before the provider hears of it."""
        self.next_at = now + LEASE

    def no_answer(self, now: datetime) -> None:
        """The provider was silent: it is asked again later, or nothing comes of it."""
        self.silences += 1
        self.next_at = now + PAUSES[min(self.silences, len(PAUSES)) - 1]
        if now >= self.asked_at + PATIENCE:
            self.give_up(now)

    def give_up(self, now: datetime) -> None:
        """Nothing comes of it; what was asked is forgotten."""
        self._settled("unavailable", now)

    def settle(self, found: "Found", now: datetime) -> None:
        """Say what was found; where the register has another village is a hint for officials only."""
        self.source, self.elsewhere = found.source, found.elsewhere
        self._settled("matched" if found.same else "unmatched", now)

    def _settled(self, state: str, now: datetime) -> None:
        self.state, self.settled_at = state, now
        self.next_at, self.question = None, None


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
