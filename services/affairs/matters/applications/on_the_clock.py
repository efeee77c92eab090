"""The clock of an application: two dates by its matter's law, one extension, suspensions, and who is told when it is late.

A part of the application (`model.py`); the rules stand in `clock_rules.py`, the counting of days in `services/civic/working_days.py`.

in time ── extended once ── suspended, goes on ──
   └── past the office's day: told to the head ── past the law's day too: told to the county
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from services.affairs.matters.applications import clock_rules as rules
from services.affairs.matters.applications.in_hand import InHand
from services.affairs.matters.applications.ports import Deadline, WorkingDays
from services.chassis.core.clock import day_of
from services.civic.working_days import in_a_pause

NOTICE_DAYS = 5
"""Working days in which the office tells what is missing (行政许可法 art. 32(4))."""

OFFICES_TURN = ("submitted", "supplemented", "accepted")
"""States in which the office's time runs."""


@dataclass
class OnTheClock(InHand):
    """`due_at` is the office's promise, `legal_due_at` the law's date, None where no law names a time; both move with what is told here.

    `steps` are {at, by (a role, or the clock), what} and, where a helper took the step for the applicant, {acted_by}. `statutory_days` are 0 where no law names them; `terms` are the rules of the matter's law by what they are about, each {days, unit, text, law,
    article}; `governs` is the law of the procedure. `counted_from` is when the time began. `extension` is {days, unit, reason, by, at}; `suspensions` are {ground, reason, by, began_at, until,
    ended_at}, the last one running while `suspended_until` says so. `escalated` is how far up it was told that the step is late, `escalated_at` since
    when the head knows. `due` is when the clock acts next. `result_due_at` is the law's day for the paper of what was granted. `calendar` is the number of the county's calendar by which the dates were counted.
    """

    accepted_at: datetime | None = field(default=None, kw_only=True)
    due_at: datetime | None = field(default=None, kw_only=True)
    provisional: bool = field(default=False, kw_only=True)
    steps: list[dict] = field(default_factory=list, kw_only=True)
    days_unit: str = field(default="working", kw_only=True)
    governs: str = field(default="", kw_only=True)
    statutory_days: int = field(default=0, kw_only=True)
    terms: dict = field(default_factory=dict, kw_only=True)
    counted_from: datetime | None = field(default=None, kw_only=True)
    legal_due_at: datetime | None = field(default=None, kw_only=True)
    legal_provisional: bool = field(default=False, kw_only=True)
    extension: dict | None = field(default=None, kw_only=True)
    suspensions: list[dict] = field(default_factory=list, kw_only=True)
    suspended_until: datetime | None = field(default=None, kw_only=True)
    escalated: int = field(default=0, kw_only=True)
    escalated_at: datetime | None = field(default=None, kw_only=True)
    due: datetime | None = field(default=None, kw_only=True)
    result_due_at: datetime | None = field(default=None, kw_only=True)
    result_provisional: bool = field(default=False, kw_only=True)
    calendar: int = field(default=0, kw_only=True)

    def tick(self, days: WorkingDays, now: datetime) -> list[tuple[str, dict]]:
        """The clock acts on what is due: a suspension is over, or a time is, which is told to the head, then to the county; each once.

        Where nothing is due, only `due` is set: a process of 0.1.0 has taken a step and knows nothing of it.
        """
        self._aim(days)
        if self.due is None or now <= self.due:
            return []
        if self._suspended:
            return self._go_on("clock", self.due, days, now)
        return self._escalate(days, now)

    def recount(self, days: WorkingDays) -> list[tuple[str, dict]]:
        """The county has changed its calendar: count by it; tells it where a day moved. What the office wrote into a notice stays."""
        before = (self.act_by, self.legal_due_at)
        if self.state == "accepted":
            self._count(days)
        elif self.state in OFFICES_TURN:
            self._look_until(days.after(self.given_at, NOTICE_DAYS).at)
        self.calendar = days.number
        self._aim(days)
        if (self.act_by, self.legal_due_at) == before:
            return []
        return [("application.due_moved", self._dates())]

    @property
    def given_at(self) -> datetime:
        """When it last came to the office: at the application, or with what was supplied after a notice."""
        supplied = [step["at"] for step in self.steps if step["what"] == "supplemented"]
        return supplied[-1] if supplied else self._received_at()

    def is_paused(self, day: date) -> bool:
        """Tell whether the clock stands still on a day."""
        return in_a_pause(day, self._pauses())

    @property
    def _suspended(self) -> bool:
        return self.suspended_until is not None and self.state == "accepted"

    def _begin_to_count(self, since: datetime, days: WorkingDays) -> None:
        """The time for the decision begins: with the acceptance, or with the receipt where the law says so."""
        by_receipt = rules.the_time_runs_from_receipt(self.terms.get("term"))
        self.counted_from = min(self.given_at, since) if by_receipt else since
        self._count(days)

    def _count(self, days: WorkingDays) -> None:
        """Count both dates from what is known: the terms one after another, without the days that do not count."""
        since = self.counted_from or self.accepted_at or self.given_at
        more = [(self.extension["days"], self.extension["unit"])] if self.extension else []
        out = self._pauses()
        promised = days.end_of(since, [(self._promised_days(), self.days_unit), *more], out)
        self.due_at, self.provisional = promised.at, promised.provisional
        if self.statutory_days:
            lawful: Deadline = days.end_of(since, [(self.statutory_days, self.days_unit), *more], out)
            self.legal_due_at, self.legal_provisional = lawful.at, lawful.provisional
        self.calendar = days.number

    def _pauses(self) -> list[tuple]:
        """Give (first day, last day) of what is not counted: where it went on before its day, that day counts again."""
        found = []
        for one in self.suspensions:
            early = one["ended_at"] is not None and one["ended_at"] < one["until"]
            last = day_of(one["ended_at"]) - timedelta(days=1) if early else day_of(one["until"])
            found.append((day_of(one["began_at"]), last))
        return found

    def _set_the_clock(self, now: datetime) -> None:
        """Another step begins: nobody was told yet that it is late, and what was suspended has ended with the step before."""
        if self.suspended_until:
            self._end_the_suspension(now)
        self.escalated, self.escalated_at = 0, None
        self.act_by = self.ends()
        self.due = self.act_by if self.state in OFFICES_TURN else None

    def _aim(self, days: WorkingDays) -> None:
        """Say when the clock acts next."""
        self.act_by = self.ends()
        if self._suspended:
            self.due = self.suspended_until
        elif self.state not in OFFICES_TURN or self.escalated >= rules.COUNTY:
            self.due = None
        else:
            self.due = self._county_hears_at(days) if self.escalated_at else self.act_by

    def _county_hears_at(self, days: WorkingDays) -> datetime | None:
        """The county hears when the law's day is over too, and not before the head had time."""
        lawful = self.legal_due_at if self.state == "accepted" else None
        head_had = days.after(self.escalated_at, rules.DAYS_OF_THE_HEAD).at if self.escalated_at else None
        return max((one for one in (lawful, head_had) if one), default=None)

    def _escalate(self, days: WorkingDays, now: datetime) -> list[tuple[str, dict]]:
        if self.escalated < rules.HEAD:
            self.escalated, self.escalated_at = rules.HEAD, now
            self._aim(days)
            return [("application.escalated_to_head", self._dates())]
        self.escalated = rules.COUNTY
        self._aim(days)
        return [("application.escalated_to_county", self._dates())]

    def _go_on(self, by: str, ended_at: datetime, days: WorkingDays, now: datetime) -> list[tuple[str, dict]]:
        self._end_the_suspension(ended_at)
        self._count(days)
        self._aim(days)
        self._note("resumed", by, now)
        return [("application.resumed", self._dates())]

    def _end_the_suspension(self, at: datetime) -> None:
        *before, last = self.suspensions
        self.suspensions = [*before, {**last, "ended_at": at}]
        self.suspended_until = None

    def _forget_what_was_said_of_the_time(self) -> None:
        """Leave the days, and nothing that was written about them."""
        if self.extension:
            self.extension = {**self.extension, "reason": ""}
        self.suspensions = [{**one, "reason": ""} for one in self.suspensions]

    def _note(self, what: str, by: str, now: datetime) -> None:
        self.steps = [*self.steps, {"at": now, "by": by, "what": what}]

    def ends(self) -> datetime | None:
        """Give the end of the time of whoever's turn it is."""
        raise NotImplementedError

    def _received_at(self) -> datetime:
        """Give when the application came."""
        raise NotImplementedError

    def _promised_days(self) -> int:
        """Give the days that the office promises, in `days_unit`."""
        raise NotImplementedError

    def _look_until(self, at: datetime) -> None:
        """Give the office until then for its first look."""
        raise NotImplementedError

    def _dates(self) -> dict:
        """Give what the events of the clock say: the day of the step, and the law's."""
        lawful = {"legal_due_at": self.legal_due_at.isoformat()} if self.legal_due_at else {}
        return {
            **self._told(),
            "due_at": self.act_by.isoformat() if self.act_by else None,
            "provisional": self.provisional,
            **lawful,
        }
