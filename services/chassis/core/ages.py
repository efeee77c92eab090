"""Ages that say how well they are known.

A time on the full hour may have been cut to it (an anonymous report's is), so its age is known only to the hour.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

HOUR = timedelta(hours=1)
SIGNS = {"exact": "", "about": "~", "at most": "<=", "more than": ">"}


@dataclass(frozen=True)
class Age:
    """An age in seconds; `how` is one of SIGNS, `least` the age that it surely has."""

    seconds: float
    how: str
    least: float

    def __str__(self) -> str:
        return SIGNS[self.how] + duration(self.seconds)


def is_cut(time: datetime) -> bool:
    """Tell whether a time may have been cut to its hour."""
    return time.minute == time.second == time.microsecond == 0


def age_of(time: datetime, now: datetime, how: str = "exact") -> Age:
    """Give the age of something that happened at `time`."""
    seconds = max(0.0, (now - time).total_seconds())
    if is_cut(time):
        return Age(seconds, "at most", max(0.0, seconds - HOUR.total_seconds()))
    return Age(seconds, how, 0.0 if how in ("about", "at most") else seconds)


def hour_of(time: datetime) -> datetime:
    """Give the beginning of the hour."""
    return time.astimezone(UTC).replace(minute=0, second=0, microsecond=0)


def duration(seconds: float) -> str:
    """Give a duration in its largest fitting unit: 12ms, 3.4s, 5m, 2.1h, 4d."""
    if seconds < 1:
        return f"{seconds * 1000:.0f}ms"
    for size, unit, digits in ((60, "s", 1), (3600, "m", 0), (172800, "h", 1)):
        if seconds < size:
            return f"{seconds / {'s': 1, 'm': 60, 'h': 3600}[unit]:.{digits}f}{unit}"
    return f"{seconds / 86400:.0f}d"
