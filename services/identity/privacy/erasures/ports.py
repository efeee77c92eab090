"""What erasures need of other capabilities; `services/identity/wiring/` says who gives it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from services.civic.calls import Call

if TYPE_CHECKING:
    from services.chassis.events.outbox import NewEvent
    from services.identity.people.residents.model import Resident

JustSignedIn = Callable[[Call], None]
"""Raises Forbidden for who has not signed in shortly before."""

EndSessions = Callable[[str, Call], int]
"""Ends all sessions of a person; gives how many."""


class Residents(Protocol):
    """The entries, which become tombstones."""

    def get(self, id: str) -> Resident:
        """Load an entry; raises NotFound."""

    def save(self, aggregate: Resident, events: list[NewEvent], call: Call) -> None:
        """Write a changed entry."""

    def merged_into(self, id: str) -> list[str]:
        """List the entries that went into this one."""


class Forgetful(Protocol):
    """A store that forgets a person."""

    def forget(self, person: str) -> None:
        """Forget what is kept of a person; repeatable."""
