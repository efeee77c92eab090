"""More time for a decision: the one extension, and what the law does not count; a part of the application (`model.py`)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from services.affairs.matters.applications import clock_rules as rules
from services.affairs.matters.applications.on_the_clock import OnTheClock
from services.affairs.matters.applications.ports import WorkingDays
from services.affairs.matters.applications.rules import only_a_step_that_fits
from services.chassis.core.clock import day_of
from services.civic.working_days import end_of_the_day

LONGEST_SUSPENSION = 365
"""Days of the calendar where the law names no limit: our choice, so that a slip of the pen stops no clock for ever."""


@dataclass
class MoreTime(OnTheClock):
    """What a head and a clerk can do about the time, within the law of the matter; the applicant is told each time."""

    matter_kind: str | None = field(default=None, kw_only=True)
    outcome: str | None = field(default=None, kw_only=True)
    closed_at: datetime | None = field(default=None, kw_only=True)

    @property
    def is_a_licence(self) -> bool:
        """Whether the Licensing Law governs it."""
        return rules.the_licensing_law_governs(self.matter_kind, self.governs)

    @property
    def is_joint(self) -> bool:
        """Whether several offices decide it together."""
        return rules.it_is_decided_jointly(self.is_a_licence, self.statutory_days)

    @property
    def extension_allowed(self) -> dict | None:
        """By how much its law lets it be extended: what the matter says, else what the Licensing Law says; None where nothing does."""
        named = self.terms.get("extension")
        if named and named["days"]:
            return named
        if not self.is_a_licence:
            return None
        return rules.BY_LAW["joint_extension" if self.is_joint else "extension"]

    @property
    def most_days_more(self) -> int:
        """By how many days it can be extended now; 0 where it cannot."""
        allowed = self.extension_allowed
        free = self.state == "accepted" and self.extension is None
        return allowed["days"] if allowed and free else 0

    @property
    def extension_unit(self) -> str:
        """In which days."""
        return self.extension_allowed["unit"] if self.extension_allowed else self.days_unit

    @property
    def delivery_allowed(self) -> dict | None:
        """In what time its law lets the paper come: what the matter says, else the Licensing Law; None where nothing does."""
        named = self.terms.get("delivery")
        if named and named["days"]:
            return named
        return rules.BY_LAW["delivery"] if self.is_a_licence else None

    def begin_the_results_time(self, days: WorkingDays) -> None:
        """What is granted comes within a time of its own after the decision (art. 44: 十日内颁发、送达)."""
        allowed, decided = self.delivery_allowed, self.closed_at
        if allowed is None or decided is None or self.outcome != "granted":
            return
        ends = days.end_of(decided, [(allowed["days"], allowed["unit"])])
        self.result_due_at, self.result_provisional = ends.at, ends.provisional

    @property
    def not_counted_grounds(self) -> list[str]:
        """For what its clock can be stopped now."""
        if self.state != "accepted" or self.suspended_until:
            return []
        if self.is_a_licence:
            return list(rules.NOT_COUNTED)
        return [rules.OWN_GROUND] if self.terms.get("not_counted") else []

    def extend(
        self, more: int, reason: str, by: str, of_the_county: bool, days: WorkingDays, now: datetime
    ) -> list[tuple[str, dict]]:
        """The head gives so many days more, once; both dates move. Raises Conflict for a second time and a late one, Rejected by the law."""
        only_a_step_that_fits(self.state, "accepted")
        rules.a_time_is_extended_once(self.extension)
        allowed = rules.the_law_names_an_extension(self.extension_allowed)
        rules.only_the_governments_head_extends_a_joint_decision(self.is_joint, of_the_county)
        rules.no_longer_than_the_law_allows(more, allowed)
        rules.only_while_time_is_left(now, self.legal_due_at or self.due_at)
        self.extension = {"days": more, "unit": allowed["unit"], "reason": reason, "by": by, "at": now}
        self._count(days)
        if self.due_at and now <= self.due_at:
            self.escalated, self.escalated_at = 0, None
        self._aim(days)
        self._note("extended", "head", now)
        return [("application.extended", {**self._dates(), "days": more})]

    def suspend(
        self, ground: str, reason: str, until: datetime, by: str, days: WorkingDays, now: datetime
    ) -> list[tuple[str, dict]]:
        """The clock stops until the end of a day that the applicant is told; raises Rejected for what the law counts, Conflict while it stands still."""
        only_a_step_that_fits(self.state, "accepted")
        rules.it_is_not_suspended_twice_at_once(self.suspended_until)
        rules.only_while_time_is_left(now, self.legal_due_at or self.due_at)
        own = self.terms.get("not_counted")
        rules.only_what_the_law_lists_is_not_counted(ground, self.is_a_licence, own)
        longest = (own or {}).get("days") if not self.is_a_licence else None
        most = end_of_the_day(day_of(now) + timedelta(days=longest or LONGEST_SUSPENSION))
        rules.only_a_day_to_come_ends_a_suspension(until, now, most)
        begun = {"ground": ground, "reason": reason, "by": by, "began_at": now, "until": until}
        self.suspensions = [*self.suspensions, {**begun, "ended_at": None}]
        self.suspended_until = until
        self._count(days)
        self._aim(days)
        self._note("suspended", "clerk", now)
        return [("application.suspended", {**self._dates(), "ground": ground, "until": until.isoformat()})]

    def resume(self, days: WorkingDays, now: datetime) -> list[tuple[str, dict]]:
        """What was waited for is there before its day: the clock goes on; raises Conflict where it runs."""
        only_a_step_that_fits(self.state, "accepted")
        rules.only_what_is_suspended_goes_on(self.suspended_until)
        return self._go_on("clerk", now, days, now)
