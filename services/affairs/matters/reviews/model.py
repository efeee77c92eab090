"""The review of one decision, inside the platform.

asked -> taken -> upheld                    the office's: the citizen may go on to the county, once, in time
   |        |        └-> asked              the county's, whose word is the last one here
   |        └----------> set_aside          the application is handled again, as another one
   ├--------┴----------> asked              the county's: the office's time is over; together with the citizen's once
   └--------┴----------> withdrawn          by the citizen
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from services.affairs.matters.reviews import rules
from services.affairs.matters.reviews.ports import Calendar, Deadline

Told = list[tuple[str, dict]]

DIGITS_OF_A_COUNTY = 6


class ReviewSettings(Protocol):
    """The settings of which terms are made."""

    review_ask_days: int
    review_decide_days: int


@dataclass(frozen=True)
class ReviewTerms:
    """Working days to ask, of the office and then of the county, and for each of them to decide."""

    ask: int = 15
    decide: int = 10

    @classmethod
    def from_platform(cls, database: object, settings: ReviewSettings) -> "ReviewTerms":
        """Take them from the settings."""
        return cls(settings.review_ask_days, settings.review_decide_days)

    def ask_by(self, decided_at: datetime, days: Calendar) -> Deadline:
        """Until when a review of a decision is asked."""
        return days.after(decided_at, self.ask)


@dataclass
class Review:
    """One review of one decision; its id is the application's, so that there is one.

    `decision` says of what (`events.DECISIONS`), `handlers` are the officials who had a hand in it and never review it. `level` is who has it now, the office or the
    county; `raised_why` why the county. `rounds` are {level, asked_at, grounds, taken_by, taken_at, outcome, reason, decided_at}, one for each who had it.
    `decide_by` is the end of their time, `raise_by` until when the citizen may go on. `new_application_id` is the application as which it is handled again, "" before.
    `due` is when the clock acts next. `acted_by` is the helper who asked. `region` is read in `edition`; `formerly` are {edition, code} that it had before.
    """

    id: str
    region: str
    applicant_id: str
    application_id: str
    matter_id: str
    matter_name: str
    matter_kind: str
    office: str
    decision: str
    decided_at: datetime
    handlers: list[str]
    asked_at: datetime
    state: str = "asked"
    level: str = rules.OFFICE
    raised_why: str = ""
    taken_by: str = ""
    decide_by: datetime | None = None
    raise_by: datetime | None = None
    rounds: list[dict] = field(default_factory=list)
    closed_at: datetime | None = None
    new_application_id: str = ""
    acted_by: str | None = None
    due: datetime | None = None
    erased: bool = False
    edition: str = ""
    formerly: list[dict] = field(default_factory=list)
    version: int = 0

    @property
    def is_open(self) -> bool:
        """Whether it waits for somebody."""
        return rules.is_open(self.state)

    @property
    def is_final(self) -> bool:
        """Whether the platform has said its last word."""
        return self.state in ("set_aside", "withdrawn") or (self.state, self.level) == (
            "upheld",
            rules.COUNTY,
        )

    def ask(self, grounds: str, terms: ReviewTerms, days: Calendar) -> Told:
        """The citizen asks, and says what is wrong; raises Rejected after the term."""
        rules.it_is_asked_in_time(self.asked_at, terms.ask_by(self.decided_at, days).at)
        self._begin(grounds, terms, days, self.asked_at)
        return [self._told("asked", decision=self.decision, decide_by=self._decide_by())]

    def take(self, by: str, now: datetime) -> Told:
        """Somebody who had no hand in it takes it; raises NotFound for who had, Conflict where somebody was faster."""
        rules.who_had_a_hand_in_it_does_not_review_it(self.handlers, by)
        rules.only_a_step_that_fits(self.state, "asked")
        self.state, self.taken_by = "taken", by
        self._round({"taken_by": by, "taken_at": now})
        return [self._told("taken")]

    def decide(
        self, by: str, outcome: str, reason: str, terms: ReviewTerms, days: Calendar, now: datetime
    ) -> Told:
        """Who has taken it upholds the decision or sets it aside, and says why; the citizen reads it."""
        rules.who_had_a_hand_in_it_does_not_review_it(self.handlers, by)
        rules.only_a_step_that_fits(self.state, "taken")
        rules.only_who_has_taken_it_decides(self.taken_by, by)
        self._round({"outcome": outcome, "reason": reason, "decided_at": now})
        self.state, self.closed_at = outcome, now
        more = {}
        if outcome == "upheld" and self.level == rules.OFFICE:
            self.raise_by = days.after(now, terms.ask).at
            more = {"raise_by": self.raise_by.isoformat()}
        self._settle()
        return [self._told("decided", outcome=outcome, **more)]

    def go_on(self, grounds: str, terms: ReviewTerms, days: Calendar, now: datetime) -> Told:
        """The citizen does not agree with the office's answer: the county looks at it, once."""
        rules.only_what_was_upheld_goes_on(self.state)
        rules.the_countys_word_is_the_last_one_here(self.level)
        rules.it_goes_on_in_time(now, self.raise_by)
        return self._raise("asked", grounds, terms, days, now)

    def withdraw(self, now: datetime) -> Told:
        """The citizen takes it back, for good: the decision stands as it was."""
        rules.only_a_step_that_fits(self.state, *rules.OPEN)
        self.state, self.closed_at = "withdrawn", now
        self._settle()
        return [self._told("withdrawn")]

    def fall_due(self, terms: ReviewTerms, days: Calendar, now: datetime) -> Told:
        """The clock: what the office lets lie goes up to the county, once, with what the citizen said."""
        if self.due is None or now < self.due:
            return []
        return self._raise("overdue", self.rounds[-1]["grounds"], terms, days, now)

    def lead_to(self, application_id: str) -> Told:
        """It is handled again as another application; the same again changes nothing."""
        if self.new_application_id:
            return []
        self.new_application_id = application_id
        return [self._told("reopened", new_application_id=application_id)]

    def erase(self, person: str, now: datetime) -> Told:
        """Erase whom it is of: how it ended stays, without a word of anybody; nobody is left to answer (个人信息保护法 art. 47)."""
        told = self.withdraw(now) if self.is_open else []
        self.rounds = [
            {**one, "grounds": "", **({"reason": ""} if "reason" in one else {})} for one in self.rounds
        ]
        self.raise_by, self.erased = None, True
        return told

    def _begin(self, grounds: str, terms: ReviewTerms, days: Calendar, now: datetime) -> None:
        self.rounds = [*self.rounds, {"level": self.level, "asked_at": now, "grounds": grounds}]
        self.state, self.taken_by, self.closed_at, self.raise_by = "asked", "", None, None
        self.decide_by = days.after(now, terms.decide).at
        self._settle()

    def _raise(self, why: str, grounds: str, terms: ReviewTerms, days: Calendar, now: datetime) -> Told:
        had = [self.taken_by] if self.taken_by and self.taken_by not in self.handlers else []
        self.handlers = [*self.handlers, *had]
        self.level, self.raised_why = rules.COUNTY, why
        self._begin(grounds, terms, days, now)
        county = self.region[:DIGITS_OF_A_COUNTY]
        return [self._told("raised", why=why, county=county, decide_by=self._decide_by())]

    def _round(self, more: dict) -> None:
        self.rounds = [*self.rounds[:-1], {**self.rounds[-1], **more}]

    def _settle(self) -> None:
        """Say when the clock acts: once, on what the office lets lie; a day is late a second after its end."""
        waits = self.is_open and self.level == rules.OFFICE and self.decide_by
        self.due = self.decide_by + timedelta(seconds=1) if waits and self.decide_by else None

    def _decide_by(self) -> str | None:
        return self.decide_by.isoformat() if self.decide_by else None

    def _told(self, what: str, **more: object) -> tuple[str, dict]:
        ids = {"review_id": self.id, "application_id": self.application_id, "applicant_id": self.applicant_id}
        of = {**ids, "matter_id": self.matter_id, "matter_name": self.matter_name, "state": self.state}
        return f"review.{what}", {**of, "level": self.level, **more}
