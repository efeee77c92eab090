"""What digests need of other capabilities; `services/identity/wiring/` says who gives it."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Protocol

from services.civic.calls import Call


class OfficialToTell(Protocol):
    """Whose morning it is."""

    id: str
    region: str
    role: str


OfficialsInOffice = Callable[[tuple[str, ...]], Sequence[OfficialToTell]]
"""The active officials who hold one of these roles."""

ReaderOf = Callable[[str, datetime], str]
"""Who reads what is for an official at a moment: the stand-in of who is away, or the official."""

WantsDigest = Callable[[str], bool]
"""Whether an official wants the morning's notice."""

TellDigest = Callable[[OfficialToTell, str, str, str, Call], bool]
"""(official, reader, day, text, call): False where the notice of that day is there already."""

IsWorking = Callable[[date], bool]
"""Whether a day is a working day by the published calendar."""


class Officials(Protocol):
    """The staff."""

    def in_office(self, roles: tuple[str, ...]) -> Sequence[OfficialToTell]:
        """List the active officials who hold one of these roles anywhere."""


class Absences(Protocol):
    """Who is away, and who stands in."""

    def stand_in_of(self, official_id: str, now: datetime) -> str:
        """Say who reads what is for this official now."""
