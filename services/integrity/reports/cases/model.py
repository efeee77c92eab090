"""A report and what may become of it.

received ── accepted ── concluded ── review_asked ── accepted ── concluded
    │           │
    │           └── withdrawn (also from received)
    └── not_accepted
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from services.chassis.core.clock import day_of
from services.integrity.reports.cases import rules


@dataclass(frozen=True)
class Deadlines:
    """Days within which a report is decided on and concluded.

    Defaults after the working rules of 2020 for reports to discipline committees, whose text was not at hand: calendar days, for the
    county to set, not quotable as law.
    """

    decide: int = 15
    conclude: int = 90


@dataclass
class Report:
    """One report. `region` is the county that handles it; where it happened is only a plain field,
    read in `place_edition`, which no event names. `town` is the one whose people are kept out, in `town_edition`: it follows the divisions, and where it was
    split it is all of its parts.

    `state` is received, accepted, not_accepted, concluded, withdrawn or review_asked; days are ISO dates in China's time.
    """

    id: str
    region: str
    place: str
    town: str | list[str]
    category_id: str
    category_name: str
    accused: str
    text: str
    happened_on: str | None
    receipt_hash: str
    received_at: datetime
    decide_by: str
    reporter: str | None = None
    state: str = "received"
    handler: str | None = None
    recused: list[dict] = field(default_factory=list)
    messages: list[dict] = field(default_factory=list)
    decided_at: datetime | None = None
    reason: str | None = None
    conclude_by: str | None = None
    conclusions: list[dict] = field(default_factory=list)
    rating: int | None = None
    review_asked_at: datetime | None = None
    place_edition: str = ""
    town_edition: str = ""
    version: int = 0

    @property
    def concluded_at(self) -> datetime | None:
        """The time of the last conclusion, None before the first."""
        return self.conclusions[-1]["at"] if self.conclusions else None

    def received(self) -> list[tuple[str, dict]]:
        """Enter the report."""
        return self._now("report.received")

    def accept(self, officer: str, deadlines: Deadlines, now: datetime) -> list[tuple[str, dict]]:
        """An officer takes the report, or takes it over where nobody is in charge any more (then without an event)."""
        rules.only_a_report_in_hand_can_be(self.state, rules.OPEN)
        rules.only_the_officer_in_charge_handles_it(self.handler, officer)
        rules.an_officer_takes_it_once(self.handler)
        rules.a_review_is_done_by_somebody_else(self.state, self.conclusions, officer)
        self.handler = officer
        if self.state == "accepted":
            return []
        self.state, self.decided_at = "accepted", now
        self.conclude_by = day_after(now, deadlines.conclude)
        return self._now("report.accepted")

    def decline(self, officer: str, reason: str, now: datetime) -> list[tuple[str, dict]]:
        """An officer does not accept the report, and says why."""
        rules.only_a_report_in_hand_can_be(self.state, ("received",))
        self.state, self.handler = "not_accepted", officer
        self.reason, self.decided_at = reason, now
        return self._now("report.not_accepted")

    def conclude(self, officer: str, outcome: str, text: str, now: datetime) -> list[tuple[str, dict]]:
        """The officer in charge says what was found."""
        rules.only_a_report_in_hand_can_be(self.state, ("accepted",))
        rules.only_the_officer_in_charge_handles_it(self.handler, officer)
        rules.an_officer_takes_it_before_acting(self.handler)
        self.state = "concluded"
        self.conclusions.append({"outcome": outcome, "text": text, "at": now, "official": officer})
        return self._now("report.concluded")

    def recuse(self, official: str, by: str, now: datetime) -> list[tuple[str, dict]]:
        """An official is kept from the report; where in charge, it waits for another officer."""
        rules.nobody_handles_a_report_about_himself(self.recused, official)
        self.recused.append({"official": official, "by": by, "at": now})
        if self.handler == official:
            self.handler = None
        return []

    def answer(self, officer: str, text: str, now: datetime) -> list[tuple[str, dict]]:
        """The officer in charge writes to the reporter."""
        rules.only_a_report_in_hand_can_be(self.state, ("accepted", "concluded"))
        rules.only_the_officer_in_charge_handles_it(self.handler, officer)
        rules.an_officer_takes_it_before_acting(self.handler)
        return self._say({"by": "handler", "kind": "message", "text": text, "at": now, "official": officer})

    def write(self, kind: str, text: str, now: datetime) -> list[tuple[str, dict]]:
        """The reporter writes a message or adds evidence."""
        rules.only_a_report_in_hand_can_be(self.state, (*rules.OPEN, "concluded"), by="reporter")
        return self._say({"by": "reporter", "kind": kind, "text": text, "at": now})

    def withdraw(self) -> list[tuple[str, dict]]:
        """The reporter takes the report back before it is concluded."""
        rules.only_a_report_in_hand_can_be(self.state, ("received", "accepted"), by="reporter")
        self.state = "withdrawn"
        return self._now("report.withdrawn")

    def rate(self, stars: int) -> list[tuple[str, dict]]:
        """The reporter says how satisfied, 1 to 5, once, after the conclusion."""
        rules.only_a_report_in_hand_can_be(self.state, ("concluded",), by="reporter")
        rules.satisfaction_is_rated_once(self.rating)
        self.rating = stars
        return self._now("report.rated")

    def ask_review(self, now: datetime) -> list[tuple[str, dict]]:
        """The reporter asks for a review, which another officer takes."""
        rules.only_a_report_in_hand_can_be(self.state, ("concluded",), by="reporter")
        rules.a_review_is_asked_once_within_thirty_days(self.review_asked_at, self.concluded_at, now)
        self.state, self.handler, self.review_asked_at = "review_asked", None, now
        return self._now("report.review_asked")

    def _say(self, message: dict) -> list[tuple[str, dict]]:
        rules.at_most_one_hundred_messages(self.messages)
        self.messages.append(message)
        return self._now("report.message_sent")

    def _now(self, event: str) -> list[tuple[str, dict]]:
        """The event: the opaque id and the state, never anything else."""
        return [(event, {"report_id": self.id, "state": self.state})]


def day_after(time: datetime, days: int) -> str:
    """The calendar day so many days later, in China's time, as an ISO date."""
    return (day_of(time) + timedelta(days=days)).isoformat()
