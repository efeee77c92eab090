"""What sessions need of other capabilities; `services/identity/wiring/` says who gives it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Protocol

from services.civic.calls import Call
from services.identity.access.account import Account, Entrant
from services.identity.access.second_factor import SecondFactor

if TYPE_CHECKING:
    from datetime import datetime

    from services.chassis.events.outbox import NewEvent
    from services.identity.access.sessions.model import Session
    from services.identity.officials.staff.model import Official


WhoHas = Callable[[str, str], str | None]
"""Which resident's entry has this phone and this end of the paper's number; None where there is none, or more than one person's."""


class Officials(Protocol):
    """Whoever can have a second factor."""

    def get(self, id: str, call: Call | None = None) -> Official:
        """Load an official; raises NotFound, and AlreadyAnswered for a repeat."""

    def save(self, aggregate: Official, events: list[NewEvent], call: Call) -> None:
        """Write a changed official; raises VersionConflict where somebody was faster."""


class People(Protocol):
    """Everybody who can sign in."""

    @property
    def officials(self) -> Officials:
        """The accounts that can have a second factor."""

    @property
    def second_factor(self) -> SecondFactor:
        """What derives the secrets of second factors."""

    def with_login(self, login: str) -> list[Entrant]:
        """Find everybody who may sign in with this phone or login name, in the order in which a password is theirs."""

    def find(self, id: str) -> Account | None:
        """Find somebody as they stand now; None where they may no longer sign in."""

    def of_sessions(
        self, asked: set[tuple[str, str]], now: datetime
    ) -> Iterator[tuple[Session, Account | None]]:
        """Find sessions by (id, kind of person), each together with its person as they stand then, in one read for a kind."""

    def choose_password(self, person: Account, password_hash: str, call: Call) -> Account:
        """Replace a password; raises VersionConflict where it is no longer the one that was shown."""

    def use_code(self, person: Account, code: str, call: Call) -> bool:
        """Use up a code of the second factor; False where it is none, or was used."""

    def a_second_factor_was_offered(self, official: Official) -> None:
        """Raise Rejected where no secret waits to be confirmed."""

    def at_once(self, person: Account) -> AbstractContextManager[None]:
        """Make the writes to a person and to their sessions one."""
