"""What a switch of editions needs of other capabilities; `services/identity/wiring/` says who gives it."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from services.civic.calls import Call

if TYPE_CHECKING:
    from pymongo.collection import Collection

    from services.chassis.events.outbox import NewEvent
    from services.identity.divisions.edition_switches.model import EditionSwitch
    from services.identity.officials.staff.model import Official
    from services.identity.people.party.model import Unit
    from services.identity.people.residents.model import Resident


class Crosswalk(Protocol):
    """What became of each division of an edition; `rows` are {old, new: [code]}."""

    id: str
    region: str
    earlier: str
    later: str
    rows: list[dict]
    confirmed_at: datetime | None


class Crosswalks(Protocol):
    """The tables that counties have confirmed, or are about to."""

    def get(self, id: str, *, scope: dict) -> Crosswalk:
        """Load a table; raises NotFound also where it lies outside `scope`."""


class CountyInUse(Protocol):
    """A county with the edition that it has adopted, and whether it is on its way to another one."""

    edition: str
    adopting: bool


class Followers(Protocol):
    """Everything that hangs on a person."""

    def place(self, person: str, village: str, edition: str) -> None:
        """Let it follow to the part of a split village where the county placed the person; repeatable."""


class Relocating(Protocol):
    """What the rest of identity does for a switch; each step bears being done again."""

    @property
    def followers(self) -> Followers:
        """Everything of identity that follows."""

    def county(self, code: str) -> CountyInUse:
        """Load a county; raises NotFound."""

    def subscribed(self, codes: list[str]) -> list[str]:
        """List which of these codes a living subscription names."""

    def waiting(self, county: str, code: str) -> dict:
        """Find who and what of a split division waits: {code, residents: how many, officials, party_units: ids}."""

    def parts(self, switch: EditionSwitch, code: str) -> list[str]:
        """The parts of a division that the switch split, as they are now."""

    def rest(self, switch: EditionSwitch) -> None:
        """Take the power of every post in a division that moves."""

    def adopt(self, switch: EditionSwitch, call: Call) -> None:
        """Read the county's codes in the later edition from now on."""

    def move(self, switch: EditionSwitch, row: dict, call: Call) -> None:
        """Let everything of one division follow, and end the applications that name it."""

    def wake(self, switch: EditionSwitch) -> None:
        """Give the posts that have followed their power again."""


class Residents(Protocol):
    """The residents of a split village, whom the county places."""

    @property
    def documents(self) -> Collection:
        """Their collection, for lists."""

    def get(self, id: str, call: Call, scope: dict) -> Resident:
        """Load a resident; raises NotFound also where it lies outside `scope`."""

    def save(self, aggregate: Resident, events: list[NewEvent], call: Call) -> None:
        """Write a changed resident."""

    def from_document(self, document: dict) -> Resident:
        """Rebuild a resident, for lists."""


class Officials(Protocol):
    """The posts of a split division, which the county places."""

    def get(self, id: str, call: Call, scope: dict) -> Official:
        """Load an official; raises NotFound also where it lies outside `scope`."""

    def save(self, aggregate: Official, events: list[NewEvent], call: Call) -> None:
        """Write a changed official."""


class PartyUnits(Protocol):
    """The party units of a split division, which the county places."""

    def get(self, id: str, call: Call, scope: dict) -> Unit:
        """Load a unit; raises NotFound also where it lies outside `scope`."""

    def at_once(self) -> AbstractContextManager[None]:
        """Do what follows in one transaction; raises VersionConflict where another one was faster."""

    def save(self, aggregate: Unit, events: list[NewEvent], call: Call) -> None:
        """Write a changed unit."""


class PartyMembers(Protocol):
    """The members of party units."""

    def place_with(self, unit: Unit, region: str, edition: str) -> None:
        """Let a unit's members follow it; repeatable."""
