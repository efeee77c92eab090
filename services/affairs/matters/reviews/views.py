"""What is read of reviews: what can be done against a decision, one review, and the officers' lists."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from services.affairs.matters.reviews import remedies, rules
from services.affairs.matters.reviews.contract import MINE, REVIEWERS
from services.affairs.matters.reviews.scopes import for_whom_it_is, who_sees_them, whose_it_is
from services.affairs.matters.reviews.store import UNSHOWN
from services.chassis.core.clock import day_of, moment_of
from services.chassis.core.errors import Conflict, NotFound
from services.chassis.storage.encrypted_fields import in_full
from services.chassis.storage.paging import page

if TYPE_CHECKING:
    from services.affairs.matters.reviews.model import Review, ReviewTerms
    from services.affairs.matters.reviews.ports import Calendar, Calendars, Cases
    from services.affairs.matters.reviews.store import ReviewStore
    from services.civic.calls import Call

URGENT = ("decide_by", 1)
SOON_DAYS = 3
"""The last working days of a time, today among them, in which it is shown as ending soon; as the clock of applications has it."""

NO_DAYS: dict[str, Any] = {
    "reconsider_by": None,
    "reconsider_provisional": False,
    "sue_by": None,
    "sue_provisional": False,
}


@dataclass(frozen=True)
class Paced:
    """A row with how its time stands."""

    review: Review
    pace: str

    def __getattr__(self, name: str) -> Any:
        """Give what the review itself has."""
        return getattr(self.review, name)


def against(reviews: ReviewStore, cases: Cases, terms: ReviewTerms, days: Calendars, call: Call) -> dict:
    """What can be done against the decision of an application, each with its last day; raises NotFound for another's."""
    case = cases.get(call.data["application_id"], scope=whose_it_is(call.actor))
    of = {"application_id": case.id, "matter_name": case.matter_name}
    try:
        decision = rules.the_decision_of(case.state, case.outcome)
    except Conflict:
        nothing = {
            "decision": None,
            "may_ask": False,
            "ask_by": None,
            "review_state": "",
            "new_application_id": None,
        }
        return {**of, **nothing, **NO_DAYS}
    calendar, told = days.of(case.region), case.closed_at or call.now
    found, ask_by = _of(reviews, case.id), terms.ask_by(told, calendar).at
    return {
        **of,
        "decision": decision,
        "ask_by": ask_by,
        "may_ask": found is None and call.now <= ask_by,
        "review_state": found.state if found else "",
        "new_application_id": (found.new_application_id or None) if found else None,
        **last_days(told, calendar),
    }


def one(reviews: ReviewStore, days: Calendars, call: Call) -> dict:
    """One review; raises NotFound for whom it does not concern, and for who had a hand in the decision."""
    review = reviews.get(call.data["review_id"], scope=for_whom_it_is(call.actor))
    return {
        **in_full(review),
        "is_final": review.is_final,
        "taken": review.state == "taken" and review.taken_by == call.actor.id,
        "new_application_id": review.new_application_id or None,
        **last_days(review.decided_at, days.of(review.region)),
    }


def waiting(reviews: ReviewStore, days: Calendars, call: Call) -> dict:
    """A page of the reviews of the caller's regions in one state, or of what the caller has taken, the most urgent first."""
    state = call.data["state"]
    of = {"state": "taken", "taken_by": call.actor.id} if state == MINE else {"state": state}
    where, today = {**who_sees_them(call.actor), **of}, _today(days, call)

    def row(document: dict) -> Paced:
        review = reviews.from_document(document)
        return Paced(review, _pace(review, *today))

    return page(reviews.documents, where, call.data, URGENT, row, UNSHOWN)


def last_days(told: datetime, calendar: Calendar) -> dict[str, Any]:
    """The last days of 行政复议 and lawsuit, which run from the decision whatever becomes of a review."""
    reconsider = remedies.last_day_of_reconsideration(told, calendar)
    sue = remedies.last_day_of_a_lawsuit(told, calendar)
    return {
        "reconsider_by": reconsider.at,
        "reconsider_provisional": reconsider.provisional,
        "sue_by": sue.at,
        "sue_provisional": sue.provisional,
    }


def _of(reviews: ReviewStore, application_id: str) -> Review | None:
    try:
        return reviews.get(application_id)
    except NotFound:
        return None


def _today(days: Calendars, call: Call) -> tuple[datetime, datetime]:
    """When today began, and until when what ends is ending soon, as the calendar of the caller's county has it."""
    region = next((role.region for role in call.actor.roles if role.name in REVIEWERS), "")
    soon = days.of(region).after(call.now - timedelta(days=1), SOON_DAYS).at
    return moment_of(day_of(call.now)), soon


def _pace(review: Review, began: datetime, soon: datetime) -> str:
    if not review.is_open or review.decide_by is None:
        return ""
    return "late" if review.decide_by < began else "soon" if review.decide_by <= soon else "in_time"
