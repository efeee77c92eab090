"""An application from receipt to rating; the rules stand in `rules.py`."""

from dataclasses import dataclass, field
from datetime import date, datetime

from services.affairs.matters.applications import rules
from services.affairs.matters.applications.file_rules import a_file_is_kept_until
from services.affairs.matters.applications.handled_again import HandledAgain
from services.affairs.matters.applications.materials import names_of, same
from services.affairs.matters.applications.more_time import MoreTime
from services.affairs.matters.applications.ports import Deadline, WorkingDays
from services.affairs.matters.applications.remarks import Remarked
from services.affairs.matters.applications.verification_rules import (
    what_was_verified_before_is_asked_for_again_only_with_a_reason,
)
from services.affairs.matters.applications.verified import WithVerified
from services.civic.masking import mask_name, mask_phone

ERASED = "已注销"
"""In place of the name of somebody who was erased."""

SUPPLY_DAYS = 15
"""Working days that the applicant has unless the notice says otherwise: our choice, the law names none."""

RIGHT_OF_REVIEW = (
    "如不服本决定，可以自收到之日起六十日内依法申请行政复议，或者自收到之日起六个月内依法提起行政诉讼。"
    "也可以在本平台申请复核；复核不影响这两个期限，也不是复议、诉讼的前提。"
)
"""What every refusal must say (行政许可法 art. 38; terms: 行政复议法 2023 art. 20, 行政诉讼法 art. 46)."""


@dataclass
class Application(MoreTime, Remarked, WithVerified, HandledAgain):
    """One resident's application for one matter.

    `answers` are those to the matter's form, `filled` the same in words, as {title, lines: {question, answer}}.
    `required` are the names of the matter's materials when she applied; `materials` are {name, note};
    `notice` is {materials, text, at, supply_by, provisional}, `first_notice` the one before where there were two. `acted_by` is the helper who applied, `matter_kind` the matter's kind then, `matter_number` the
    version of the matter with which it began, whose `promise_days` are in `days_unit`;
    `visitor_id` is the applicant's where it is somebody without an account, whom no village vouches for.
    `applicant_born_on` is the day of birth in the national number that was compared with the account's, None where no form asked for it.
    `handled_by` is the official who decided or declined, `rated_through` the channel of the rating (`events.CHANNELS`).
    `files_kept_years` is what the matter said of that when she applied;
    `look_up_round` tells how often the code was ended by which it is followed without an account.
    `erased` keeps everybody below the county from what is on file of an erased person. `region` is read in `edition`;
    `formerly` are {edition, code} that it had before.
    """

    id: str
    region: str
    applicant_id: str
    matter_id: str
    matter_name: str
    office: str
    promise_days: int
    required: list[str]
    applicant_name: str
    applicant_phone: str
    materials: list[dict]
    submitted_at: datetime
    notice_by: datetime
    state: str = "submitted"
    notice: dict | None = None
    reason: str | None = None
    right_of_review: str | None = None
    handled_by: str = ""
    stars: int | None = None
    rated_through: str = ""
    comment: str | None = None
    applicant_born_on: str | None = None
    acted_by: str | None = None
    visitor_id: str | None = None
    matter_number: int = 1
    answers: dict = field(default_factory=dict)
    filled: list[dict] = field(default_factory=list)
    first_notice: dict | None = None
    erased: bool = False
    look_up_round: int = 0
    files_kept_years: int = 0
    edition: str = ""
    formerly: list[dict] = field(default_factory=list)
    version: int = 0

    @property
    def shown_name(self) -> str:
        """The applicant's name with all but its first and last character hidden."""
        return ERASED if self.applicant_name == ERASED else mask_name(self.applicant_name)

    @property
    def shown_phone(self) -> str:
        """The applicant's phone with its middle hidden."""
        return mask_phone(self.applicant_phone) if self.applicant_phone else ""

    @property
    def born_on(self) -> date | None:
        """The applicant's day of birth, where it is known."""
        return date.fromisoformat(self.applicant_born_on) if self.applicant_born_on else None

    @property
    def is_handled(self) -> bool:
        """Whether the office has answered: then its handling can be rated, or was."""
        return self.state in (*rules.RATED_AFTER, "rated")

    @property
    def is_rated(self) -> bool:
        """Whether its handling was rated."""
        return self.stars is not None

    @property
    def round(self) -> int:
        """How many notices there were."""
        return (self.notice is not None) + (self.first_notice is not None)

    def file_kept_until(self, file_id: str) -> datetime | None:
        """Give the end of a file, by what the matter said when she applied."""
        ended = (self.closed_at, self.outcome)
        return a_file_is_kept_until(file_id, *ended, self.files_kept_years, self.verified)

    def submit(self) -> list[tuple[str, dict]]:
        """The resident applies; raises Rejected for a material that is named twice."""
        rules.each_material_is_given_once(self.materials)
        visitor = {"visitor_id": self.visitor_id} if self.visitor_id else None
        return self._step("submitted", "applicant", "submitted", self.submitted_at, self.acted_by, visitor)

    def submit_again(self) -> list[tuple[str, dict]]:
        """The office takes up again what a review has set aside."""
        visitor = {"visitor_id": self.visitor_id} if self.visitor_id else None
        return self._step("submitted", "clerk", "reopened", self.submitted_at, facts=visitor)

    def notify(
        self, asked: list[dict], text: str, supply_by: Deadline, now: datetime
    ) -> list[tuple[str, dict]]:
        """The office tells once what is missing; raises Rejected for a late or partial notice, and for one too many.

        What was supplied may have a defect: then it is told once more. `supply_by` is the end of the applicant's time.
        """
        rules.a_second_notice_only_after_supply(self.state, self.notice)
        rules.only_a_step_that_fits(self.state, "submitted", "supplemented")
        rules.each_material_is_given_once(asked)
        what_was_verified_before_is_asked_for_again_only_with_a_reason(asked, self.verified_before(now))
        if self.notice:
            rules.a_second_notice_only_for_a_defect_in_what_was_supplied(
                asked, self.notice["materials"], self.first_notice
            )
            rules.a_second_notice_comes_within_five_working_days(now, self.notice_by)
        else:
            rules.a_notice_comes_within_five_working_days(now, self.notice_by)
            names = names_of(asked)
            rules.a_notice_asks_only_for_published_materials(names, self.required)
            rules.one_notice_lists_every_missing_material(names, self._given(), self.required)
        self.first_notice = self.notice
        self.notice = {
            "materials": asked,
            "text": text,
            "at": now,
            "supply_by": supply_by.at,
            "provisional": supply_by.provisional,
        }
        facts = {"missing_count": len(asked), "due_at": supply_by.at, "provisional": supply_by.provisional}
        return self._step("materials_missing", "clerk", "materials_missing", now, facts=facts)

    def supply(
        self, supplied: list[dict], look_by: datetime, now: datetime, acted_by: str | None = None
    ) -> list[tuple[str, dict]]:
        """The applicant gives all that the notice named; late is in time until the office closes it.

        `look_by` is the end of the time in which the office looks at it, as it did at the application.
        """
        notice = rules.only_a_notice_is_answered(self.state, self.notice, by="applicant")
        rules.each_material_is_given_once(supplied)
        names = names_of(supplied)
        rules.a_supply_covers_the_whole_notice(names, [m["name"] for m in notice["materials"]])
        self.materials = [m for m in self.materials if same(m["name"]) not in names] + supplied
        self.notice_by = look_by
        return self._step("supplemented", "applicant", "supplemented", now, acted_by)

    def accept(self, working_days: WorkingDays, now: datetime) -> list[tuple[str, dict]]:
        """The office accepts; the time for its decision begins (art. 42).

        Without a notice in time it began on the day of receipt (art. 32(4)).
        """
        rules.only_a_step_that_fits(self.state, "submitted", "supplemented")
        unnotified = self.notice is None and now > self.notice_by
        self.accepted_at = self.submitted_at if unnotified else now
        self._begin_to_count(self.accepted_at, working_days)
        facts = {"due_at": self.due_at, "provisional": self.provisional}
        if self.legal_due_at:
            facts["legal_due_at"] = self.legal_due_at
        return self._step("accepted", "clerk", "accepted", now, facts=facts)

    def decline(self, reason: str, now: datetime) -> list[tuple[str, dict]]:
        """The office does not take it up and says why (art. 32(1) and (2))."""
        rules.only_a_step_that_fits(self.state, "submitted", "supplemented")
        self.reason, self.right_of_review, self.closed_at = reason, RIGHT_OF_REVIEW, now
        return self._step("declined", "clerk", "declined", now)

    def decide(self, outcome: str, reason: str | None, now: datetime) -> list[tuple[str, dict]]:
        """The office decides; raises Rejected for a refusal without a reason (art. 38)."""
        rules.only_a_step_that_fits(self.state, "accepted")
        rules.a_refusal_says_why(outcome, reason)
        self.outcome, self.reason, self.closed_at = outcome, reason, now
        self.right_of_review = RIGHT_OF_REVIEW if outcome == "refused" else None
        return self._step("decided", "clerk", outcome, now, facts={"outcome": outcome})

    def withdraw(self, now: datetime, acted_by: str | None = None) -> list[tuple[str, dict]]:
        """The applicant takes it back before the decision, and the photos with it."""
        rules.only_a_step_that_fits(self.state, *rules.OPEN_STATES, by="applicant")
        self.closed_at, self.files, self.verified = now, [], []
        return self._step("withdrawn", "applicant", "withdrawn", now, acted_by)

    def lapse(self, now: datetime) -> list[tuple[str, dict]]:
        """The office closes it: the missing materials never came; raises Rejected while time is left."""
        notice = rules.only_a_notice_is_answered(self.state, self.notice, by="clerk")
        rules.only_after_the_supply_deadline(now, notice["supply_by"])
        self.closed_at = now
        return self._step("lapsed", "clerk", "lapsed", now)

    def rate(
        self, stars: int, comment: str | None, now: datetime, through: str = "page"
    ) -> list[tuple[str, dict]]:
        """The applicant rates the handling once, 1 to 5 stars, whatever came of it and through whichever channel."""
        rules.only_one_rating_is_given(self.stars)
        rules.only_a_step_that_fits(self.state, *rules.RATED_AFTER, by="applicant")
        self.stars, self.comment, self.rated_through = stars, comment, through
        return self._step("rated", "applicant", "rated", now, facts={"stars": stars, "channel": through})

    def erase(self, person: str, now: datetime) -> list[tuple[str, dict]]:
        """Erase whom it is of; a decision stays on file under the name that it was made for, everything else nameless.

        Source: 个人信息保护法 art. 47(2); 档案法, under which decisions are filed. What is open is withdrawn first.
        """
        events = self.withdraw(now) if self.state in rules.OPEN_STATES else []
        if self.outcome is None:
            self.applicant_name = ERASED
        self.applicant_phone, self.comment, self.handing_note = "", None, ""
        self.applicant_born_on = None
        self.answers, self.filled, self.remarks = {}, [], []
        self._forget_what_was_said_of_the_time()
        self.files, self.verified, self.originals_opened = [], [], []
        self.materials = [{"name": material["name"], "note": ""} for material in self.materials]
        self.notice, self.first_notice = _emptied(self.notice), _emptied(self.first_notice)
        if self.outcome is None:
            self.reason = None
        self.erased = True
        return events

    def _step(
        self,
        state: str,
        by: str,
        what: str,
        now: datetime,
        acted_by: str | None = None,
        facts: dict | None = None,
    ) -> list[tuple[str, dict]]:
        self.state = state
        self._set_the_clock(now)
        step = {"at": now, "by": by, "what": what, **({"acted_by": acted_by} if acted_by else {})}
        self.steps = [*self.steps, step]
        data = {name: v.isoformat() if isinstance(v, datetime) else v for name, v in (facts or {}).items()}
        return [(f"application.{state}", {**self._told(), **data})]

    def _given(self) -> set[str]:
        """Give the names of what has come, as they are compared: what was said to be handed in, and what there are photos of."""
        return names_of(self.materials) | self.come_as_files()

    def _asked_for(self) -> list[str]:
        return self.required

    def _told(self) -> dict:
        ids = {"application_id": self.id, "applicant_id": self.applicant_id, "matter_id": self.matter_id}
        return {**ids, "matter_name": self.matter_name, "state": self.state}

    def _received_at(self) -> datetime:
        return self.submitted_at

    def _promised_days(self) -> int:
        return self.promise_days

    def _look_until(self, at: datetime) -> None:
        self.notice_by = at

    def ends(self) -> datetime | None:
        """When the time of whoever's turn it is ends: the office's, or the applicant's for the missing materials; None once it is closed."""
        if self.state == "materials_missing" and self.notice:
            return self.notice["supply_by"]
        office = {"submitted": self.notice_by, "supplemented": self.notice_by, "accepted": self.due_at}
        return office.get(self.state)


def _emptied(notice: dict | None) -> dict | None:
    """Leave of a notice what it asked for and when, and nothing that was written."""
    if notice is None:
        return None
    materials = [{"name": material["name"], "note": ""} for material in notice["materials"]]
    return {**notice, "materials": materials, "text": ""}
