"""What codes need of other capabilities; `services/identity/wiring/` says who gives it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from services.civic.calls import Call
from services.identity.access.account import DeviceHolder

NetworkOf = Callable[[str], str]
"""The network of an address, for limits."""

EndingIsRight = Callable[[str, str, Call], bool]
"""Whether the number of a resident's paper ends so, as often as may be tried; raises TooMany."""

BeginSession = Callable[[str, Call], dict]
"""Begins the session of a person who was verified by a code; gives its tokens."""

ReplacePassword = Callable[[str, Callable[[], None], Call], dict]
"""Replaces the password of a person who was verified by a code, in one write with what is handed over; gives the tokens of a session."""

PasswordIsGood = Callable[[str, str, str], None]
"""Raises Rejected for a new password that is bad, beside the old one and the login."""


class ProofsOfWork(Protocol):
    """What may be computed instead of waiting."""

    def challenge(self, what: str, of: str, now: datetime) -> dict:
        """Say what to compute."""

    def spend(self, what: str, of: str, proof: str | None, now: datetime) -> bool:
        """Take a proof, once; False where it is not good for this."""


class PhoneOwner(Protocol):
    """The resident who has a phone."""

    id: str
    region: str


OwnerOf = Callable[[str], PhoneOwner | None]
"""Who has a phone, or None."""


class Devices(Protocol):
    """What knows on which devices somebody has signed in."""

    def read_device(self, token: str | None, person: DeviceHolder | None) -> str | None:
        """Read the device that a token names, if this person has signed in on it."""


class Texting(Protocol):
    """How a code gets to a phone."""

    @property
    def is_on(self) -> bool:
        """Whether the county has a provider of messages."""

    def send_code(self, code_id: str, person: str, region: str, until: datetime, call: Call) -> None:
        """Have a code sent; `person` is empty where nobody has the phone."""
