"""What duty rotas need of other capabilities; `services/identity/wiring/` says who gives it."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Protocol

MayAct = Callable[[str], bool]
"""Whether the actor administers the office of a region."""

IsWorking = Callable[[date], bool]
"""Whether a day is a working day by the published calendar."""

StandInOf = Callable[[str, datetime], str]
"""Who reads what is for an official at a moment: the stand-in of who is away, or the official."""


class DutySettings(Protocol):
    """What a county has chosen for its rotas."""

    @property
    def duty_most_days(self) -> int:
        """How many days in a row one official may be on duty."""


class OfficialOnDuty(Protocol):
    """What a rota needs to know of an official."""

    id: str
    name: str
    region: str
    active: bool


class Officials(Protocol):
    """The staff."""

    def find(self, id: str) -> OfficialOnDuty | None:
        """Find an official, dismissed or not."""

    def find_by_login(self, login: str) -> OfficialOnDuty | None:
        """Find the active official with this login."""


class Absences(Protocol):
    """Who is away, and who stands in."""

    def stand_in_of(self, official_id: str, now: datetime) -> str:
        """Say who reads what is for this official now."""


class Office(Protocol):
    """A division in the edition that its county has adopted."""

    edition: str


class Divisions(Protocol):
    """The divisions as they are now."""

    def get(self, code: str) -> Office:
        """Find what a code names now; raises NotFound."""
