"""What is done with reviews: load -> decide -> save, which raises VersionConflict for a lost race."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.affairs.matters.reviews import rules
from services.affairs.matters.reviews.model import Review, ReviewTerms
from services.affairs.matters.reviews.scopes import only_who_may_review_it, whose_it_is
from services.chassis.core.errors import DomainError
from services.civic.second_look import undone_where_refused

if TYPE_CHECKING:
    from services.affairs.matters.reviews.ports import Calendars, Cases, DecidedCase
    from services.affairs.matters.reviews.store import ReviewStore
    from services.civic.calls import Call
    from services.civic.ports import MustNotLeave


def ask(
    reviews: ReviewStore,
    cases: Cases,
    must_not_leave: MustNotLeave,
    terms: ReviewTerms,
    days: Calendars,
    call: Call,
) -> Review:
    """The applicant asks for a review; raises NotFound for another's, Conflict where nothing is decided or one was asked, Rejected after the term.

    Whether the person is being erased is asked before, and again once it is written: the erasure may have looked in between.
    """
    case = cases.get(call.data["application_id"], scope=whose_it_is(call.actor))
    must_not_leave(case.applicant_id)
    review = _begun(case, call)
    events = review.ask(call.data["grounds"], terms, days.of(review.region))
    reviews.add(review, events, call)
    person = case.applicant_id
    with undone_where_refused(reviews, review, lambda: review.erase(person, call.now), call):
        must_not_leave(person)
    return review


def take(reviews: ReviewStore, call: Call) -> Review:
    """An officer takes it; raises NotFound out of scope and for who had a hand in it, Conflict or VersionConflict where somebody was faster."""
    review = _to_review(reviews, call)
    reviews.save(review, review.take(call.actor.id, call.now), call)
    return review


def decide(reviews: ReviewStore, terms: ReviewTerms, days: Calendars, call: Call) -> Review:
    """Who has taken it upholds or sets aside; raises NotFound out of scope, Conflict where another one has it, or it is decided."""
    asked, review = call.data, _to_review(reviews, call)
    calendar = days.of(review.region)
    events = review.decide(call.actor.id, asked["outcome"], asked["reason"], terms, calendar, call.now)
    reviews.save(review, events, call)
    return review


def go_on(reviews: ReviewStore, terms: ReviewTerms, days: Calendars, call: Call) -> Review:
    """The applicant goes on to the county; raises NotFound for another's, Conflict where nothing is answered or the county has, Rejected after the term."""
    review = _own(reviews, call)
    events = review.go_on(call.data["grounds"], terms, days.of(review.region), call.now)
    reviews.save(review, events, call)
    return review


def withdraw(reviews: ReviewStore, call: Call) -> Review:
    """The applicant takes it back; raises NotFound for another's, Conflict where it is decided."""
    review = _own(reviews, call)
    reviews.save(review, review.withdraw(call.now), call)
    return review


def lead_to(reviews: ReviewStore, call: Call) -> None:
    """Write down as which application it is handled again; heard again it changes nothing."""
    review = reviews.get(call.data["reviewed_id"])
    if events := review.lead_to(call.data["application_id"]):
        reviews.save(review, events, call.without_key())


def sweep(reviews: ReviewStore, terms: ReviewTerms, days: Calendars, call: Call, most: int = 200) -> int:
    """Send up what the office lets lie; gives how many reviews that were.

    Exactly once with however many processes: `_id`, `version` and `due <= now` are one condition with the level, the new term and the event.
    """
    raised = 0
    for id in reviews.due(call.now, most):
        try:
            review = reviews.get(id)
            events = review.fall_due(terms, days.of(review.region), call.now)
            if events:
                reviews.save(review, events, call, only_if={"due": {"$lte": call.now}})
                raised += 1
        except DomainError:
            continue  # somebody acted on it meanwhile; what is still due comes with the next sweep
    return raised


def _begun(case: DecidedCase, call: Call) -> Review:
    decision = rules.the_decision_of(case.state, case.outcome)
    return Review(
        id=case.id,
        region=case.region,
        edition=case.edition,
        applicant_id=case.applicant_id,
        application_id=case.id,
        matter_id=case.matter_id,
        matter_name=case.matter_name,
        matter_kind=case.matter_kind or "",
        office=case.office,
        decision=decision,
        decided_at=case.closed_at or call.now,
        handlers=list(case.who_handled),
        asked_at=call.now,
        acted_by=call.actor.acted_by,
    )


def _to_review(reviews: ReviewStore, call: Call) -> Review:
    return reviews.get(call.data["review_id"], call, only_who_may_review_it(call.actor))


def _own(reviews: ReviewStore, call: Call) -> Review:
    return reviews.get(call.data["review_id"], call, whose_it_is(call.actor))
