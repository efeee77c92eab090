"""Hours in which nobody is woken: those of messages, and those in which an office rests."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from services.chassis.core.clock import CHINA, moment_of


@dataclass(frozen=True)
class QuietHours:
    """The hours in which nobody is woken, Chinese time; the same beginning and end means that there are none."""

    begin: time
    end: time

    @classmethod
    def read(cls, text: str) -> "QuietHours":
        """Read `21:00-08:00`; raises ValueError."""
        begin, end = (time.fromisoformat(part) for part in text.split("-"))
        return cls(begin, end)

    def end_of(self, now: datetime) -> datetime | None:
        """Give when the quiet hours of this moment end, None where it lies in none."""
        local = now.astimezone(CHINA)
        at, overnight = local.time(), self.begin > self.end
        quiet = (at >= self.begin or at < self.end) if overnight else self.begin <= at < self.end
        if not quiet:
            return None
        day = local.date() + timedelta(days=overnight and at >= self.begin)
        return moment_of(day, self.end)
