"""What households need of other capabilities; `services/identity/wiring/wiring.py` says who gives it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol


class Villager(Protocol):
    """Somebody who can be a member: a resident, or somebody recorded without an account; `name` is masked."""

    @property
    def id(self) -> str: ...

    @property
    def region(self) -> str: ...

    @property
    def edition(self) -> str: ...

    @property
    def name(self) -> str: ...

    @property
    def certified(self) -> bool: ...

    @property
    def registered(self) -> bool: ...

    @property
    def of_age_at(self) -> datetime | None: ...


class Villagers(Protocol):
    """The people of the villages."""

    def find(self, ids: list[str]) -> Sequence[Villager]:
        """Find the people among these ids."""

    def hold(self, ids: list[str]) -> None:
        """Let nobody link or end these meanwhile; raises VersionConflict where it has happened. For a transaction."""
