"""A visitor: who comes once and gives a name. The figures are the platform's own; no regulation sets them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from services.chassis.core.errors import Rejected
from services.civic.masking import mask_name, mask_phone

if TYPE_CHECKING:
    from services.identity.access.guest_access.ports import Compared


UNUSED_KEPT = timedelta(days=30)
"""How long a visitor is kept who did nothing that is on file."""

USED_KEPT = timedelta(days=365)
"""How long one is kept who applied: longer than any application takes from its receipt to its decision."""

PEOPLE_OF_A_PHONE = 5
LIVING = ("visiting", "taken_over")
Events = list[tuple[str, dict]]


@dataclass
class Visitor:
    """One person on one phone; `region` is the village that was named last, read in `edition`.

    `place` is one of the few that a phone has. `state` is visiting, taken_over (by `resident_id`) or forgotten.
    `compared` is what the household register says of name and number: same, different or unknown.
    """

    id: str
    region: str
    edition: str
    name: str
    phone: str
    id_number_hash: str
    masked_id_number: str
    place: int
    first_at: datetime
    last_at: datetime
    forget_at: datetime | None = None
    compared: str = "unknown"
    state: str = "visiting"
    resident_id: str | None = None
    gone_at: datetime | None = None
    formerly: list[dict] = field(default_factory=list)
    version: int = 0

    @property
    def masked_name(self) -> str:
        """The name with all but its first and last character hidden."""
        return mask_name(self.name) if self.name else ""

    @property
    def masked_phone(self) -> str:
        """The phone with its middle hidden."""
        return mask_phone(self.phone) if self.phone else ""

    def come(self, name: str, region: str, edition: str, compared: str, now: datetime) -> None:
        """Come, for the first time or again."""
        self.name, self.region, self.edition, self.compared = name, region, edition, compared
        self.last_at = now
        if self.state == "visiting":
            self.forget_at = max(self.forget_at or now, now + UNUSED_KEPT)

    def take_over(self, resident_id: str) -> Events:
        """A certified resident is the visitor: it lives and ends with the resident's entry; told twice it changes nothing."""
        if self.state != "visiting":
            return []
        self.state, self.resident_id, self.forget_at = "taken_over", resident_id, None
        return [("visitor.taken_over", {**self._ids(), "resident_id": resident_id})]

    def forget(self, now: datetime) -> Events:
        """The time is over: nothing stays but that there was somebody."""
        if self.state == "forgotten" or self.forget_at is None or now < self.forget_at:
            return []
        self.state, self.gone_at, self.forget_at, self.resident_id = "forgotten", now, None, None
        self.name = self.phone = self.id_number_hash = self.masked_id_number = ""
        return [("visitor.forgotten", self._ids())]

    def _ids(self) -> dict:
        return {"visitor_id": self.id, "state": self.state}


def one_phone_speaks_for_few_people(taken: list[int]) -> int:
    """A family may share a phone, nobody's phone speaks for a village; gives a free place."""
    free = [place for place in range(PEOPLE_OF_A_PHONE) if place not in taken]
    if not free:
        raise Rejected(
            "visit.too_many_people", "这个手机号已为 5 个人办过事，请换本人的手机号，或到村委会办理。"
        )
    return free[0]


def said(found: Compared | None) -> str:
    """What a register says of name and number; `found` is None where it has nothing."""
    if found is None:
        return "unknown"
    return "same" if found.same else "different"
