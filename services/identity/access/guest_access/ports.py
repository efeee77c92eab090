"""What guest access needs of other capabilities; `services/identity/wiring/` says who gives it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from services.civic.calls import Call
from services.identity.access.account import Guest

ProvePhone = Callable[[Call], str]
"""Uses a code up and gives its phone; raises Forbidden for a wrong one."""

BeginSession = Callable[[Guest, Call], dict]
"""Begins the session of a guest; gives its token."""


class Forgetful(Protocol):
    """A store that forgets a person."""

    def forget(self, person: str) -> None:
        """Forget what is kept of a person; repeatable."""


class ResidentToCompare(Protocol):
    """What of a resident tells whether a visitor is the same person."""

    id: str
    state: str
    phone: str
    phone_held: bool
    id_number_hash: str


class Residents(Protocol):
    """The residents, among whom a visitor may be."""

    def get(self, id: str) -> ResidentToCompare:
        """Load a resident; raises NotFound."""

    def find_by_phone(self, phone: str) -> ResidentToCompare | None:
        """Find who holds this phone."""

    def phone_to_reach(self, id: str) -> str | None:
        """The phone at which a resident is told something, or None; raises NotFound."""


class Villages(Protocol):
    """The villages that there are."""

    def must_exist(self, code: str) -> str:
        """Say in which edition the code names a village; raises Rejected for none."""


class PrivacyNotice(Protocol):
    """The notice that is shown before anything is asked."""

    def must_be_shown(self, version: int) -> None:
        """Raise Rejected where it was not the newest one."""


class PersonToCompare(Protocol):
    """What a register is asked about."""

    @property
    def name(self) -> str:
        """The whole name."""

    @property
    def id_number_hash(self) -> str:
        """The keyed hash of the ID number."""

    @property
    def region(self) -> str:
        """The village."""


class Compared(Protocol):
    """What a register says of a person whom it knows by the number."""

    @property
    def same(self) -> bool:
        """Whether the name is the same."""


class Register(Protocol):
    """The county's own register."""

    def find(self, resident: PersonToCompare) -> Compared | None:
        """Compare a person; None where the register does not know the number."""


@dataclass(frozen=True)
class EntryChecks:
    """What name, number and village of a visitor are looked at with."""

    villages: Villages
    notice: PrivacyNotice
    identity_hash: Callable[[str], str]
    register: Register
    residents: Residents
