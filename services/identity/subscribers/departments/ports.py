"""What subscriptions need of other capabilities; `services/identity/wiring/` says who gives it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from services.civic.calls import Call
    from services.identity.subscribers.departments.model import (
        Department,
    )

CountApplication = Callable[["Call"], datetime | None]
"""Counts an application for the network from which it comes; None, or until when no more are taken from there."""

KeyOf = Callable[[str], str]
"""Derives the key with which a department signs in from its id."""

WebhookOf = Callable[[str], dict | None]
"""How a department's endpoint does; None before its first delivery."""


class DivisionInUse(Protocol):
    """A division in the edition that its county has adopted."""

    edition: str


class Divisions(Protocol):
    """The divisions as they are now."""

    def get(self, code: str) -> DivisionInUse:
        """Find what a code names now; raises NotFound."""

    def edition_of(self, county: str) -> str:
        """The edition that the code's county has adopted, "" where there is no such county."""

    def must_stand_still(self, code: str) -> None:
        """Raise Rejected while the county is on its way to another edition."""


class WebhookAddresses(Protocol):
    """Where a webhook may go."""

    def check(self, url: str) -> None:
        """Raise Rejected for an address that no webhook may go to."""


class EventFeed(Protocol):
    """The feed of all events."""

    def head(self) -> int:
        """The last position, 0 where there is none."""

    def position_before(self, since: datetime) -> int:
        """The position just before a time."""


class WebhookSecret(Protocol):
    """Derives the secrets that webhooks are signed with."""

    def __call__(self, department: Department, number: int = 0) -> str:
        """Derive the secret of a number."""
