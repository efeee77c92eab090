"""What copies need of other capabilities; `services/identity/wiring/` says who gives it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from services.civic.calls import Call

if TYPE_CHECKING:
    from services.identity.people.residents.model import Resident

JustSignedIn = Callable[[Call], None]
"""Raises Forbidden for who has not signed in shortly before."""


class NoteOwnLook(Protocol):
    """Notes that a copy was asked for or opened, where its person sees it."""

    def __call__(self, resident: Resident, what: str, reason: str, call: Call) -> None:
        """Note it once for each `what`."""


class Residents(Protocol):
    """The entries, each with those that were merged into it."""

    def get(self, id: str) -> Resident:
        """Load an entry; raises NotFound."""

    def merged_into(self, id: str) -> list[str]:
        """List the entries that went into this one."""
