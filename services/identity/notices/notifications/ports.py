"""What notices need of other capabilities; `services/identity/wiring/` says who gives it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from services.civic.calls import Call

if TYPE_CHECKING:
    from services.chassis.events.event import Envelope

Holders = Callable[[str, str], list[str]]
"""(role, region): who holds the role for the region; the stand-in of who is away."""

NoticeTime = Callable[[str, str, datetime], datetime]
"""(person, event's name, moment): when an official finds a notice of the office."""


class EventToTell(Protocol):
    """What a notice is known by."""

    @property
    def data(self) -> dict:
        """What it says."""

    @property
    def subject(self) -> str:
        """What it is about."""

    @property
    def time(self) -> datetime:
        """When it happened."""

    @property
    def name(self) -> str:
        """The event's name, without prefix and version."""


class Reach(Protocol):
    """How a person is reached."""

    def channels(self, told: set[tuple[str, str]], for_office: bool = False) -> dict[tuple[str, str], str]:
        """Say where each (person, event's name) wants its notice: none, inbox or sms."""

    def text(self, told: list[tuple[str, Envelope, Call]]) -> None:
        """Have an SMS sent to each about its event, if there is a text for it."""


class Person(Protocol):
    """Whom a notice concerns."""

    id: str
    region: str


class Comparison(Protocol):
    """A comparison of a resident with the household register."""

    id: str
    state: str
    asked_at: datetime
