"""What a department's access needs of other capabilities; `services/identity/wiring/` says who gives it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from services.civic.calls import Call


class Department(Protocol):
    """A subscription, as far as its access is concerned."""

    id: str
    login: str
    delivery: str
    password_hash: str
    keys: int
    readers: list[str]
    passwords: dict[str, int]
    machine_keys: list[dict]

    def login_of(self, reader: str = "") -> str:
        """Give the name of an account that reads its stream."""

    def rotate_key(self, password_hash: str) -> list[tuple[str, dict]]:
        """Let it sign in with another key from now on."""

    def receives(self, now: datetime) -> bool:
        """Tell whether events are delivered now."""


class Departments(Protocol):
    """The subscriptions."""

    def get(self, id: str, call: Call | None = None) -> Any:
        """Load a subscription; raises NotFound, and AlreadyAnswered for a repeat."""

    def save(self, department: Any, events: list[tuple[str, dict]], call: Call) -> None:
        """Write it; raises VersionConflict where somebody changed it meanwhile."""

    def note_use(self, department_id: str, key_id: str, now: datetime) -> None:
        """Write when a machine's key was last used."""


class Streams(Protocol):
    """The departments' side of the broker."""

    def credentials(self, department: Any, reader: str = "") -> dict:
        """How a reader connects and reads."""

    def open_account(self, department: Any, reader: str = "") -> None:
        """Make the account of a reader, or give it the password that it has now."""

    def close_account(self, login: str) -> None:
        """Delete one account and its connections."""

    def disconnect(self, login: str) -> None:
        """Close what an account has open."""


KeyOf = Callable[[str, int], str]
"""Derives the key with which a department signs in from its id and the number of its rotation."""

MachineSecretOf = Callable[[str, str], str]
"""Derives the secret part of a machine's key from the department's id and the key's."""
