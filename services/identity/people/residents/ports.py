"""What residents need of other capabilities; `services/identity/wiring/wiring.py` says who gives it."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from services.civic.calls import Call

JustSignedIn = Callable[[Call], None]
"""Raises Forbidden for who has not signed in shortly before."""

ProvePhone = Callable[[Call], str]
"""Uses a code up and gives the phone to which it came; raises Forbidden for a wrong one."""


PasswordIsGood = Callable[[str, str, str], None]
"""(new, old, login): raises Rejected for a password that is easily guessed; the rules are the same at every door."""

CountRegistration = Callable[[Call], datetime | None]
"""Counts a registration for the address and the network that it comes from; None where it is taken, else when the hour is over."""


ConsentsToFitting = Callable[[str], bool]
"""Whether a resident lets what is entered be used to find matters that fit."""


class HouseholdEntry(Protocol):
    """What the village has entered of a member of a household."""

    away: dict | None
    disability_grade: int | None


InHousehold = Callable[[str], HouseholdEntry | None]
"""A resident's own entry in the household; None where there is none."""


class Villages(Protocol):
    """The villages of the editions that the counties have adopted."""

    def must_exist(self, code: str) -> str:
        """Find the edition that names such a village; raises Rejected for none."""


class PrivacyNotice(Protocol):
    """The notice that is shown before a registration."""

    def must_be_shown(self, version: int) -> None:
        """Raise Rejected where this is not the version that holds."""


class Erasures(Protocol):
    """The requests to be erased."""

    def let_merge(self, *people: str) -> None:
        """Raise Conflict where an erasure of these people has begun, and let none begin unseen. For a transaction."""


class IdentityHash(Protocol):
    """The keyed hash under which one person is recognised by the number of a paper."""

    def __call__(self, number: str) -> str:
        """Hash a paper's key."""
