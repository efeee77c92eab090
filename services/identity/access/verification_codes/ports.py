"""What codes need of other capabilities; `services/identity/wiring/` says who gives it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from services.civic.calls import Call
from services.identity.access.account import DeviceHolder

NetworkOf = Callable[[str], str]
"""The network of an address, for limits."""

WhoIsOpened = Callable[[str, str], str | None]
"""Which resident's entry a phone opens with this end of the number; None where there is none."""

BeginSession = Callable[[str, str, Call], dict]
"""Begins the session of a person who proved a phone by a code, which is theirs from then on; gives its tokens."""


class PhoneOwner(Protocol):
    """The resident who has a phone."""

    id: str
    region: str

    @property
    def phone_vouched(self) -> bool:
        """Whether more than a form says that it is this resident's phone."""


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
