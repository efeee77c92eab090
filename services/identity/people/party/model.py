"""A party unit, a member of it, and their rules."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from services.chassis.core.errors import Conflict, NotFound, Rejected
from services.identity.people.party.ports import KnownPerson

CLOCKS_DIFFER = timedelta(minutes=5)


@dataclass
class Unit:
    """A party branch (党支部) in a region."""

    id: str
    region: str
    name: str
    founded_at: datetime
    edition: str = ""
    formerly: list[dict] = field(default_factory=list)
    version: int = 0

    def found(self) -> list[tuple[str, dict]]:
        """The unit is entered."""
        return [("party_unit.founded", {"unit_id": self.id})]

    def place(self, region: str, edition: str) -> list[tuple[str, dict]]:
        """The unit belongs to one part of a division that was split."""
        self.region, self.edition = region, edition
        return [("party_unit.placed", {"unit_id": self.id})]

    @property
    def awaiting(self) -> str | None:
        """The division that was split, while the unit waits at the county."""
        waits = self.formerly and len(self.region) < len(self.formerly[-1]["code"])
        return self.formerly[-1]["code"] if waits else None


@dataclass
class PartyMember:
    """A resident as a member of a unit; the id is the resident's, the region the unit's."""

    id: str
    region: str
    unit_id: str
    entered_by: str
    entered_at: datetime
    floating_to: str | None = None
    floating_since: datetime | None = None
    last_contact_at: datetime | None = None
    last_contact_by: str | None = None
    last_contact_way: str | None = None
    active: bool = True
    edition: str = ""
    formerly: list[dict] = field(default_factory=list)
    version: int = 0

    @property
    def silent_since(self) -> datetime:
        """When somebody was last in touch; whoever never was counts from the entry."""
        return max(self.last_contact_at, self.entered_at) if self.last_contact_at else self.entered_at

    def enter_again(self, unit: Unit, by: str, now: datetime) -> None:
        """Be a member after having left; raises Conflict for whoever is one."""
        a_resident_is_entered_once(self.active)
        self._belong_to(unit)
        self.active = True
        self.entered_by, self.entered_at = by, now

    def transfer(self, unit: Unit) -> None:
        """Go to another unit; contacts stay."""
        self._belong_to(unit)

    def _belong_to(self, unit: Unit) -> None:
        self.unit_id, self.region, self.edition = unit.id, unit.region, unit.edition

    def float(self, to: str | None, now: datetime) -> None:
        """Be floating somewhere, or back."""
        if to != self.floating_to:
            self.floating_to, self.floating_since = to, (now if to else None)

    def contact(self, way: str, at: datetime, by: str, now: datetime) -> None:
        """Note the latest contact; an earlier one that is noted late changes nothing."""
        nobody_is_contacted_in_the_future(at, now)
        if self.last_contact_at is None or at >= self.last_contact_at:
            self.last_contact_at, self.last_contact_by, self.last_contact_way = at, by, way

    def leave(self) -> None:
        """Be no member any more; where the member was and who was in touch is forgotten."""
        self.active = False
        self.floating_to = self.floating_since = None
        self.last_contact_at = self.last_contact_by = self.last_contact_way = None


def a_resident_is_entered_once(active: bool) -> None:
    """Nobody is a member of two units; who goes to another one is transferred."""
    if active:
        raise Conflict("party_member.entered_already", "此人已登记为党员，转组织关系请办理转接。")


def only_who_has_not_left_is_dealt_with(active: bool) -> None:
    """Whoever was taken out is entered again before anything else is noted."""
    if not active:
        raise Conflict("party_member.left_already", "此人已从本党支部移出，如需办理请重新登记。")


def only_residents_of_the_units_region_are_members(found: Sequence[KnownPerson], region: str) -> None:
    """A unit enters residents of its own region; others look as if they were not there."""
    if not any(one.region.startswith(region) for one in found):
        raise NotFound("party_member.person_not_found", "本党支部所在区划没有这位居民，请核对编号。")


def only_certified_residents_are_members(found: Sequence[KnownPerson]) -> None:
    """The village has vouched for whoever is entered as a member."""
    if not all(one.certified for one in found):
        raise Rejected("party_member.person_not_certified", "此人尚未通过村里认证，请先完成认证。")


def nobody_is_contacted_in_the_future(at: datetime, now: datetime) -> None:
    """A contact has taken place; clocks may differ by some minutes."""
    if at > now + CLOCKS_DIFFER:
        raise Rejected("party_member.contact_in_the_future", "联系时间不能晚于现在，请核对后重新填写。")


def percent(part: int, whole: int) -> float | None:
    """A part in percent; nothing of nothing."""
    return round(100 * part / whole, 1) if whole else None
