"""Who signs in, whatever kind of account it is, and who comes without one."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


class DeviceHolder(Protocol):
    """Whose device it is: an account, or a resident before there is a session."""

    @property
    def id(self) -> str:
        """The person's id."""


@dataclass(frozen=True)
class Entrant:
    """Somebody who may be meant by a login, before the password tells: several residents may name one phone."""

    id: str
    password_hash: str


@dataclass(frozen=True)
class Account:
    """Somebody who can sign in; `roles` are (name, region), and of a role that a stand-in holds also whose it is; `stamp`
    changes with whatever opens a session; `factor` is the number of the second factor (0: none), which can be due; `merged` the
    entries that went into this one, and the visitors whom it has taken over. `away` is who is absent, and `as_now_until` when being away or standing in next changes.
    """

    id: str
    kind: str
    region: str
    roles: tuple[tuple[str, ...], ...]
    assurance: int
    password_hash: str
    password_is_one_time: bool
    login: str = ""
    stamp: str = ""
    factor: int = 0
    factor_is_due: bool = False
    merged: tuple[str, ...] = ()
    edition: str = ""
    away: bool = False
    as_now_until: datetime | None = None


@dataclass(frozen=True)
class Guest:
    """Who comes once, as the token tells; `merged` are those whose progress may be asked for with this phone."""

    id: str
    region: str = ""
    edition: str = ""
    named: bool = False
    merged: tuple[str, ...] = ()
