"""An office's duty rota and its rules."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from services.chassis.core.errors import Rejected
from services.chassis.core.scope import inside

if TYPE_CHECKING:
    from collections.abc import Iterable

    from services.identity.officials.duties.ports import DutySettings, OfficialOnDuty


LOOKED_AHEAD = 35
"""Days that are looked at for somebody who is on duty too long."""

Events = list[tuple[str, dict]]


@dataclass(frozen=True)
class RotaLimits:
    """How long one official may be on duty: the county's choice."""

    most_days: int = 7

    @classmethod
    def from_platform(cls, database: object, settings: DutySettings) -> RotaLimits:
        """Take it from the settings."""
        return cls(settings.duty_most_days)


@dataclass
class Rota:
    """Who is on duty: by the day of the week, Monday first, and on single days otherwise; the id is the office's region.

    `week` and `days` (ISO dates) hold officials' ids or None.
    """

    id: str
    region: str
    week: list[str | None]
    phone: str
    quiet_hours: str
    rests_on_days_off: bool
    days: dict[str, str | None] = field(default_factory=dict)
    edition: str = ""
    version: int = 0

    def of_day(self, day: date) -> str | None:
        """Who is on duty on a day, None where nobody is."""
        return self.days.get(day.isoformat(), self.week[day.weekday()])

    def set(
        self, week: list[str | None], phone: str, quiet_hours: str, rests: bool, today: date, most: int
    ) -> Events:
        """Set the week and the hours; single days that are past are forgotten."""
        self.week, self.phone, self.quiet_hours, self.rests_on_days_off = week, phone, quiet_hours, rests
        self._forget_before(today)
        nobody_is_on_duty_for_too_many_days(self, today, most)
        return [("rota.set", {"week": week})]

    def change(self, day: date, official_id: str | None, today: date, most: int) -> Events:
        """Put somebody else on duty on one day."""
        only_today_and_the_days_after_are_changed(day, today)
        self.days = {**self.days, day.isoformat(): official_id}
        self._forget_before(today)
        nobody_is_on_duty_for_too_many_days(self, min(day, today), most)
        return [("rota.changed", {"day": day.isoformat(), "official_id": official_id})]

    def _forget_before(self, today: date) -> None:
        yesterday = (today - timedelta(days=1)).isoformat()
        self.days = {day: who for day, who in self.days.items() if day >= yesterday}


def only_today_and_the_days_after_are_changed(day: date, today: date) -> None:
    """What was is not rewritten, and nobody plans further than the check below sees."""
    if not today <= day < today + timedelta(days=LOOKED_AHEAD):
        raise Rejected("rota.day_not_possible", "只能调整今天起 35 天内的值班，请改日期。")


def nobody_is_on_duty_for_too_many_days(rota: Rota, first: date, most: int) -> None:
    """Cadres are no 24-hour workers: after so many days in a row somebody else is on duty."""
    run, last = 0, None
    for ahead in range(-1, LOOKED_AHEAD):
        who = rota.of_day(first + timedelta(days=ahead))
        run, last = (run + 1 if who and who == last else 1), who
        if who and run > most:
            raise Rejected(
                "rota.too_many_days", f"同一人连续值班不能超过 {most} 天，请安排他人轮换。", most=most
            )


def only_the_offices_own_people_are_on_duty(region: str, officials: Iterable[OfficialOnDuty | None]) -> None:
    """They hold an office there, or in a village of the town; the refusal does not tell which one was wrong."""
    if any(one is None or not one.active or not inside(one.region, region) for one in officials):
        raise Rejected("rota.not_of_this_office", "值班人须是本单位在职工作人员，请核对编号或登录名。")


def only_a_town_or_a_village_has_a_rota(region: str) -> None:
    """The county's own departments keep theirs."""
    if len(region) < 9:
        raise Rejected("rota.no_office", "值班表按镇（街道）或村（社区）设置，请选择镇或村。")
