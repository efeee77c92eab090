"""When a failed try is made again; jitter is a number from 0 to 1 that comes from outside."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from services.chassis.core.backoff import doubled
from services.chassis.core.cleaning import is_number

SET_ASIDE_AFTER = 3
"""Tries of one event that may be to blame for its failure itself, before it no longer holds up those behind it."""

GATEWAY_FAILURES = 10
"""The same for answers that rather blame the endpoint: 502, 503, 504."""

OPEN_AFTER = 5
"""Failures in a row after which an endpoint rests."""

GIVEN_UP_AFTER = timedelta(days=2)
"""How long one event is retried, and how long an endpoint may rest before it is disabled."""

LONGEST_ASKED = timedelta(hours=6)
"""What an endpoint may ask for with Retry-After; more counts as this, and the two days go on meanwhile."""

FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=1), timedelta(hours=1)
FIRST_RETRY, LONGEST_RETRY = timedelta(seconds=30), timedelta(hours=6)


def pause_of_endpoint(failures: int, jitter: float) -> timedelta:
    """Give how long an endpoint is left alone after so many failures in a row."""
    return doubled(FIRST_PAUSE, LONGEST_PAUSE, failures, jitter)


def asked_pause(header: str | None, now: datetime) -> timedelta | None:
    """How long Retry-After asks to wait, in seconds or until a date; None where it says nothing (RFC 9110, 10.2.3)."""
    text = (header or "").strip()
    if is_number(text):
        asked = timedelta(seconds=min(int(text[:9]), LONGEST_ASKED.total_seconds()))
    else:
        try:
            until = parsedate_to_datetime(text)
            asked = (until if until.tzinfo else until.replace(tzinfo=UTC)) - now
        except (ValueError, OverflowError, TypeError, IndexError):
            return None  # the text is a stranger's, and the parser does not promise one kind of error
    return min(max(asked, timedelta()), LONGEST_ASKED)


def pause_of_event(tries: int, jitter: float) -> timedelta:
    """Give how long an event that was set aside waits after so many tries of its own."""
    return doubled(FIRST_RETRY, LONGEST_RETRY, tries, jitter)
