"""An absence, its days and who may stand in."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from services.chassis.core.clock import day_of
from services.chassis.core.errors import Conflict, Rejected
from services.chassis.core.scope import inside

if TYPE_CHECKING:
    from services.identity.officials.absences.ports import OfficialInOffice


LONGEST = timedelta(days=92)
AHEAD = timedelta(days=366)
"""An absence begins within a year."""

LIVING = ("planned", "begun")
STAND_INS = {
    "county_administrator": ("county_administrator",),
    "town_administrator": ("town_administrator", "county_administrator"),
    "village_administrator": ("village_administrator", "town_administrator"),
    "clerk": ("clerk", "town_administrator", "county_administrator"),
    "grid_worker": ("grid_worker", "village_administrator"),
    "legal_adviser": ("legal_adviser",),
    "discipline_officer": ("discipline_officer",),
    "data_officer": ("data_officer",),
    "auditor": ("auditor",),
}
"""Who may stand in for a role: its equals and, where they could do the work anyway, those above; whoever watches over
administrators is replaced by an equal only.
"""

Events = list[tuple[str, dict]]


@dataclass
class Absence:
    """Whole days, in China, on which an official is away and another one holds the role too.

    `state` is planned, begun, over (by the clock), ended (early) or cancelled (before it began); it belongs to the absent
    one's region. `first_day` and `last_day` are ISO dates.
    """

    id: str
    region: str
    official_id: str
    stand_in_id: str
    role: str
    first_day: str
    last_day: str
    begins_at: datetime
    ends_at: datetime
    recorded_by: str
    recorded_at: datetime
    state: str = "planned"
    ended_by: str | None = None
    ended_at: datetime | None = None
    edition: str = ""
    formerly: list[dict] = field(default_factory=list)
    version: int = 0

    @property
    def due(self) -> datetime | None:
        """When the clock changes it, None where it is settled."""
        return {"planned": self.begins_at, "begun": self.ends_at}.get(self.state)

    @property
    def taken(self) -> list[str]:
        """A mark for each day of either of the two: nobody is away or stands in twice on one day."""
        if self.state not in LIVING:
            return []
        return [f"{day} {who}" for day in self._days() for who in (self.official_id, self.stand_in_id)]

    def holds(self, now: datetime) -> bool:
        """Tell whether the stand-in holds the role now, whether or not the clock has been heard."""
        return self.state in LIVING and self.begins_at <= now < self.ends_at

    def is_away(self, official_id: str, now: datetime) -> bool:
        """Tell whether this official is the one who is away now."""
        return self.official_id == official_id and self.holds(now)

    def record(self, now: datetime) -> Events:
        """The events of a new absence; one that begins today has begun."""
        times = {"begins_at": self.begins_at.isoformat(), "ends_at": self.ends_at.isoformat()}
        return [("leave.recorded", {**self._facts(), **times}), *self.tick(now)]

    def tick(self, now: datetime) -> Events:
        """Begin or end it by the clock, where it is time."""
        told: Events = []
        if self.state == "planned" and now >= self.begins_at:
            self.state = "begun"
            told.append(("leave.begun", self._facts()))
        if self.state == "begun" and now >= self.ends_at:
            self.state = "over"
            told.append(("leave.over", self._facts()))
        return told

    def end(self, by: str, now: datetime) -> Events:
        """End it at once; one that has not begun is called off. Raises Conflict where it is over."""
        if self.state not in LIVING or now >= self.ends_at:
            raise Conflict("leave.over", "这次请假已经结束或取消，无需再办理。")
        begun = now >= self.begins_at
        self.state, self.ended_by, self.ended_at = "ended" if begun else "cancelled", by, now
        return [(f"leave.{self.state}", self._facts())]

    def _facts(self) -> dict:
        ids = {"leave_id": self.id, "official_id": self.official_id, "stand_in_id": self.stand_in_id}
        return {**ids, "role": self.role, "state": self.state}

    def _days(self) -> list[str]:
        first, last = date.fromisoformat(self.first_day), date.fromisoformat(self.last_day)
        return [(first + timedelta(days=n)).isoformat() for n in range((last - first).days + 1)]


def an_absence_is_of_whole_days_from_today_on(first: date, last: date, now: datetime) -> None:
    """It begins today or within a year, and lasts a quarter of a year at most."""
    today = day_of(now)
    if not today <= first <= last or last - first >= LONGEST or first - today > AHEAD:
        raise Rejected(
            "leave.days_not_possible",
            "请假日期不对：应从今天或以后开始，结束不早于开始，最长 92 天，且在一年之内。",
        )


def nobody_stands_in_who_could_not_do_the_work(
    absent: OfficialInOffice, stand_in: OfficialInOffice | None
) -> OfficialInOffice:
    """An equal or a superior role, in the same region or one around it; nobody stands in for themselves.

    The same refusal for everybody who cannot, so that logins cannot be found out.
    """
    if stand_in is None or not _could_do_the_work(absent, stand_in):
        raise Rejected(
            "leave.cannot_stand_in",
            "代班人须是本区划或上级区划中职务相当的在职人员，且不能是请假人本人，请核对登录名。",
        )
    return stand_in


def _could_do_the_work(absent: OfficialInOffice, stand_in: OfficialInOffice) -> bool:
    return (
        stand_in.active
        and not stand_in.resting
        and stand_in.id != absent.id
        and stand_in.role in STAND_INS[absent.role]
        and inside(absent.region, stand_in.region)
    )


def only_an_official_in_office_is_absent(official: OfficialInOffice) -> None:
    """Whose post rests or is gone has nothing to hand over."""
    if not official.active or official.resting:
        raise Rejected("leave.not_in_office", "该工作人员目前不在岗，无需登记请假。")
