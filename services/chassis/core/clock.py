"""China's one time: days and hours that people see and rules count are those of China, what is stored is UTC."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from math import ceil

CHINA = timezone(timedelta(hours=8))


def day_of(at: datetime) -> date:
    """Give the day in China of a moment."""
    return at.astimezone(CHINA).date()


def moment_of(day: date, at: time = time.min) -> datetime:
    """Give a time of a day in China as a moment in UTC; its beginning where no time is given."""
    return datetime.combine(day, at, CHINA).astimezone(UTC)


def in_words(seconds: float) -> str:
    """Say how long somebody has to wait, never less than it is: 40 秒, 12 分钟, 1 小时."""
    minutes = ceil(seconds / 60)
    if seconds < 60:
        return f"{max(1, ceil(seconds))} 秒"
    return f"{minutes} 分钟" if minutes < 60 else f"{ceil(minutes / 60)} 小时"
