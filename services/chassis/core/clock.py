"""China's one time: days and hours that people see and rules count are those of China, what is stored is UTC."""

from datetime import UTC, date, datetime, time, timedelta, timezone

CHINA = timezone(timedelta(hours=8))


def day_of(at: datetime) -> date:
    """Give the day in China of a moment."""
    return at.astimezone(CHINA).date()


def moment_of(day: date, at: time = time.min) -> datetime:
    """Give a time of a day in China as a moment in UTC; its beginning where no time is given."""
    return datetime.combine(day, at, CHINA).astimezone(UTC)
