"""When an SMS may be sent, who is asked to send it, and when it is tried again.

The figures are the platform's own; no regulation sets them. A jitter is a number from 0 to 1 that comes from outside.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from services.chassis.core.clock import CHINA, moment_of

if TYPE_CHECKING:
    from services.identity.notices.messages.model import TextMessage


FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=2), timedelta(minutes=15)
LEASE = timedelta(minutes=1)
"""How long a message is in one process's hands: after a crash it is tried again, at the same provider."""

RECEIPT_PATIENCE = timedelta(minutes=30)
"""How long a receipt may take before the provider is asked, again and again."""

BELIEVED_FOR = timedelta(hours=6)
"""How long a provider is believed that says that it has a message: a phone may be off. Then the other one sends it."""

SENSELESS_AFTER = timedelta(days=2)
"""A message about a matter is not sent later than this: the inbox holds it for ever."""

ASKED_AGAIN = 3
"""Tries of a provider that may have the message already, before the other one is asked and it may arrive twice."""


@dataclass(frozen=True)
class QuietHours:
    """The hours in which nobody is woken, Chinese time; the same beginning and end means that there are none."""

    begin: time
    end: time

    @classmethod
    def read(cls, text: str) -> QuietHours:
        """Read `21:00-08:00`; raises ValueError."""
        begin, end = (time.fromisoformat(part) for part in text.split("-"))
        return cls(begin, end)

    def end_of(self, now: datetime) -> datetime | None:
        """When the quiet hours of this moment end, None where it lies in none."""
        local = now.astimezone(CHINA)
        at, overnight = local.time(), self.begin > self.end
        quiet = (at >= self.begin or at < self.end) if overnight else self.begin <= at < self.end
        if not quiet:
            return None
        day = local.date() + timedelta(days=overnight and at >= self.begin)
        return moment_of(day, self.end)


def pause_after(tries: int, jitter: float) -> timedelta:
    """How long a message waits after so many tries: doubled each time, half of it chance."""
    whole = min(FIRST_PAUSE * 2 ** min(max(tries, 1) - 1, 20), LONGEST_PAUSE)
    return whole * (0.5 + jitter / 2)


def who_is_asked_next(message: TextMessage, up: list[str]) -> str | None:
    """The provider to ask: the one that may have the message already, so that nobody gets it twice; else the first of
    those that are up and did not fail last; None where nobody is up.
    """
    last = message.provider
    if message.may_be_on_its_way and last in up and message.asked.count(last) < ASKED_AGAIN:
        return last
    others = [name for name in up if name != last or message.last_error is None]
    return next(iter(others or up), None)
