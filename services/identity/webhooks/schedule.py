"""When a failed try is made again; jitter is a number from 0 to 1 that comes from outside."""

from datetime import timedelta

SET_ASIDE_AFTER = 3
"""Tries of one event that may be to blame for its failure itself, before it no longer holds up those behind it."""

GATEWAY_FAILURES = 10
"""The same for answers that rather blame the endpoint: 502, 503, 504."""

OPEN_AFTER = 5
"""Failures in a row after which an endpoint rests."""

GIVEN_UP_AFTER = timedelta(days=2)
"""How long one event is retried, and how long an endpoint may rest before it is disabled."""

FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=1), timedelta(hours=1)
FIRST_RETRY, LONGEST_RETRY = timedelta(seconds=30), timedelta(hours=6)


def pause_of_endpoint(failures: int, jitter: float) -> timedelta:
    """Give how long an endpoint is left alone after so many failures in a row."""
    return _doubled(FIRST_PAUSE, LONGEST_PAUSE, failures, jitter)


def pause_of_event(tries: int, jitter: float) -> timedelta:
    """Give how long an event that was set aside waits after so many tries of its own."""
    return _doubled(FIRST_RETRY, LONGEST_RETRY, tries, jitter)


def _doubled(first: timedelta, longest: timedelta, times: int, jitter: float) -> timedelta:
    """Double the pause each time; half of it is chance, so that endpoints that failed together do not come together."""
    whole = min(first * 2 ** min(max(times, 1) - 1, 30), longest)
    return whole * (0.5 + jitter / 2)
