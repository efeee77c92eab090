"""A rating as it was given, and the case that a bad one opens.

given                                                  a good one: nothing follows but the question four weeks later
to_call -> mending -> answered -> mended               the citizen says so
   |          |           ├-----> unconfirmed          the citizen says nothing in time
   |          |           └-----> to_call, the county's: the citizen says that it is not mended; after the county's answer not_mended
   └----------┴-----------------> to_call, the county's: the time is over; both together once
any of them but given -> malicious                     an appeal was upheld
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from services.affairs.matters.ratings import rules
from services.affairs.matters.ratings.ports import Calendar

Told = list[tuple[str, dict]]

TO_MEND = ("to_call", "mending")
COUNTY = 6
"""Digits of a county's code."""


class RatingSettings(Protocol):
    """The settings of which terms are made."""

    rating_mend_days: int
    rating_confirm_days: int
    rating_solved_days: int


@dataclass(frozen=True)
class RatingTerms:
    """Working days to mend and to confirm, and days of the calendar until the question whether it was truly solved."""

    mend: int = 5
    confirm: int = 10
    ask: int = 28

    @classmethod
    def from_platform(cls, database: object, settings: RatingSettings) -> "RatingTerms":
        """Take them from the settings."""
        return cls(settings.rating_mend_days, settings.rating_confirm_days, settings.rating_solved_days)


@dataclass
class Rating:
    """One rating of one handling; its id is the application's, so that there is one.

    `official_id` is who was rated, "" where that is not known; `level` 1 to 5, `month` as 2026-11 in China. `rounds` are {said, called_by, called_at, answer,
    answered_by, answered_at, objection}, the county's second; `raised` says that it went up, `raised_why` why. `appeal` is {reason, at, decided_by,
    decided_at, why}. `due` is when the clock acts next. `block_since` and `block_until` are the months of the published
    block that it belongs to, "" before (`publishing.py`). `region` is read in `edition`; `formerly` are {edition, code} that it had before.
    """

    id: str
    region: str
    applicant_id: str
    application_id: str
    matter_id: str
    matter_name: str
    matter_kind: str
    office: str
    official_id: str
    level: int
    channel: str
    comment: str | None
    rated_at: datetime
    month: str
    ask_at: datetime
    state: str = "given"
    mend_by: datetime | None = None
    confirm_by: datetime | None = None
    raised: bool = False
    raised_why: str = ""
    rounds: list[dict] = field(default_factory=list)
    closed_at: datetime | None = None
    appeal_state: str = ""
    appeal: dict | None = None
    asked_at: datetime | None = None
    solved: str = ""
    solved_at: datetime | None = None
    due: datetime | None = None
    block_since: str = ""
    block_until: str = ""
    erased: bool = False
    edition: str = ""
    formerly: list[dict] = field(default_factory=list)
    version: int = 0

    @property
    def is_bad(self) -> bool:
        """Whether it opened a case."""
        return rules.a_bad_one_opens_a_case(self.level)

    @property
    def is_ended(self) -> bool:
        """Whether there was a case and it is over."""
        return self.is_bad and not rules.is_open(self.state)

    def receive(self, terms: RatingTerms, days: Calendar) -> Told:
        """It was given; a bad one opens a case whose time runs from the rating."""
        by_link = {"tell_id": self.applicant_id} if self.channel == "link" else {}
        told = []
        if self.is_bad:
            self.state, self.mend_by = "to_call", days.after(self.rated_at, terms.mend).at
            official = {"official_id": self.official_id} if self.official_id else {}
            told = [self._told("case_opened", **official, mend_by=self.mend_by.isoformat())]
        self._settle()
        return [self._told("received", level=self.level, channel=self.channel, **by_link), *told]

    def call_back(self, by: str, said: str, now: datetime) -> Told:
        """Somebody spoke with the citizen, and enters what was said."""
        rules.only_a_step_that_fits(self.state, "to_call")
        rules.nobody_handles_a_rating_of_the_own_work(self.official_id, by)
        self.rounds = [*self.rounds, {"said": said, "called_by": by, "called_at": now}]
        self.state = "mending"
        return [self._told("called_back")]

    def answer(self, by: str, answer: str, terms: RatingTerms, days: Calendar, now: datetime) -> Told:
        """What was done about it; the citizen reads it, and says whether it is mended."""
        rules.only_a_step_that_fits(self.state, "mending")
        rules.nobody_handles_a_rating_of_the_own_work(self.official_id, by)
        self._round({"answer": answer, "answered_by": by, "answered_at": now})
        self.state, self.confirm_by = "answered", days.after(now, terms.confirm).at
        self._settle()
        return [self._told("answered", confirm_by=self.confirm_by.isoformat())]

    def confirm(
        self, mended: bool, objection: str, terms: RatingTerms, days: Calendar, now: datetime
    ) -> Told:
        """The citizen says whether it is mended; what is not goes up to the county, once."""
        rules.only_a_step_that_fits(self.state, "answered")
        self._round({"objection": objection})
        if mended:
            return self._close("mended", now)
        return self._close("not_mended", now) if self.raised else self._raise("not_mended", terms, days, now)

    def appeal_against(self, by: str, reason: str, now: datetime) -> Told:
        """Who was rated says that it is malicious, and why; the case goes on meanwhile."""
        rules.only_who_was_rated_appeals(self.official_id, by)
        rules.one_appeal_is_made(self.appeal_state)
        rules.only_a_step_that_fits(self.state, "to_call", "mending", "answered", "unconfirmed", "not_mended")
        self.appeal_state, self.appeal = "asked", {"reason": reason, "at": now}
        return [self._told("appealed")]

    def decide_appeal(self, by: str, outcome: str, why: str, now: datetime) -> Told:
        """Another officer decides; a malicious one ends the case, and is published as such."""
        rules.only_an_open_appeal_is_decided(self.appeal_state)
        rules.nobody_handles_a_rating_of_the_own_work(self.official_id, by)
        rules.an_appeal_is_decided_by_another_officer(self.handled_by(), by)
        self.appeal_state = outcome
        self.appeal = {**(self.appeal or {}), "decided_by": by, "decided_at": now, "why": why}
        closed = self._close("malicious", now) if outcome == "upheld" else []
        return [self._told("appeal_decided", official_id=self.official_id, outcome=outcome), *closed]

    def tell_solved(self, solved: str, now: datetime) -> Told:
        """The citizen says whether it was truly solved."""
        rules.the_question_is_answered_once_it_is_asked(self.asked_at is not None, self.solved)
        self.solved, self.solved_at = solved, now
        return [self._told("solved_told", solved=solved)]

    def fall_due(self, terms: RatingTerms, days: Calendar, now: datetime) -> Told:
        """The clock: asks after four weeks, sends up what is late, ends what nobody objected to."""
        told: Told = []
        if self.asked_at is None and not self.erased and self.ask_at <= now:
            self.asked_at = now
            told = [self._told("solved_asked")]
        ends = self._ends()
        if ends and ends < now:
            late = self.state in TO_MEND
            told += self._raise("overdue", terms, days, now) if late else self._close("unconfirmed", now)
        self._settle()
        return told

    def erase(self, person: str, now: datetime) -> Told:
        """Erase whom it is of: level and how it was mended stay, without a name and a word; nobody is left to confirm (个人信息保护法 art. 47)."""
        self.comment, self.erased = None, True
        self.rounds = [{"said": "", **_without_words(one)} for one in self.rounds]
        self.appeal = {"reason": "", **_without_words(self.appeal)} if self.appeal else None
        told = self._close("unconfirmed", now) if rules.is_open(self.state) else []
        self._settle()
        return told

    def handled_by(self) -> set[str]:
        """Who has called back or answered."""
        return {one[name] for one in self.rounds for name in ("called_by", "answered_by") if name in one}

    def _raise(self, why: str, terms: RatingTerms, days: Calendar, now: datetime) -> Told:
        self.state, self.raised, self.raised_why = "to_call", True, why
        self.mend_by, self.confirm_by = days.after(now, terms.mend).at, None
        self._settle()
        return [self._told("raised", why=why, county=self.region[:COUNTY], mend_by=self.mend_by.isoformat())]

    def _close(self, state: str, now: datetime) -> Told:
        self.state, self.closed_at = state, now
        self._settle()
        return [self._told("closed")]

    def _round(self, more: dict) -> None:
        self.rounds = [*self.rounds[:-1], {**self.rounds[-1], **more}]

    def _ends(self) -> datetime | None:
        """When the clock acts on the case: once on what the office lets lie, and on what the citizen does."""
        if self.state in TO_MEND:
            return None if self.raised else self.mend_by
        return self.confirm_by if self.state == "answered" else None

    def _settle(self) -> None:
        question = None if self.asked_at or self.erased else self.ask_at
        # what ends with a day is late a second after it
        ends = self._ends()
        late = ends + timedelta(seconds=1) if ends else None
        self.due = min((one for one in (question, late) if one), default=None)

    def _told(self, what: str, **more: object) -> tuple[str, dict]:
        ids = {"rating_id": self.id, "application_id": self.application_id, "applicant_id": self.applicant_id}
        of = {**ids, "matter_id": self.matter_id, "matter_name": self.matter_name, "state": self.state}
        return f"rating.{what}", {**of, **more}


def _without_words(one: dict) -> dict:
    """Leave who did it and when."""
    return {name: value for name, value in one.items() if name.endswith(("_by", "_at")) or name == "at"}
