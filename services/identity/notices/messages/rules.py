"""When an SMS may be sent, who is asked to send it, and when it is tried again.

The figures are the platform's own; no regulation sets them. A jitter is a number from 0 to 1 that comes from outside.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from services.chassis.core.backoff import doubled

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


def pause_after(tries: int, jitter: float) -> timedelta:
    """How long a message waits after so many tries: doubled each time, half of it chance."""
    return doubled(FIRST_PAUSE, LONGEST_PAUSE, tries, jitter)


def who_is_asked_next(message: TextMessage, up: list[str]) -> str | None:
    """The provider to ask: the one that may have the message already, so that nobody gets it twice; else the first of
    those that are up and did not fail last; None where nobody is up.
    """
    last = message.provider
    if message.may_be_on_its_way and last in up and message.asked.count(last) < ASKED_AGAIN:
        return last
    others = [name for name in up if name != last or message.last_error is None]
    return next(iter(others or up), None)
