"""What is done with ratings: load -> decide -> save, which raises VersionConflict for a lost race."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING

from services.affairs.matters.ratings import rules
from services.affairs.matters.ratings.model import Rating, RatingTerms
from services.affairs.matters.ratings.scopes import (
    is_of_the_county,
    only_heads_of_the_region,
    only_who_was_rated,
    whose_it_is,
)
from services.chassis.core.clock import day_of
from services.chassis.core.errors import AlreadyAnswered, Conflict, NotFound

if TYPE_CHECKING:
    from services.affairs.matters.ratings.ports import Calendars, Cases
    from services.affairs.matters.ratings.store import RatingStore
    from services.civic.calls import Call


def receive(ratings: RatingStore, cases: Cases, terms: RatingTerms, days: Calendars, call: Call) -> None:
    """Copy what was given, with its case where it is a bad one; heard again it changes nothing."""
    with suppress(NotFound):
        case = cases.get(call.data["application_id"])
        rating = Rating(
            id=case.id,
            region=case.region,
            edition=case.edition,
            applicant_id=case.applicant_id,
            application_id=case.id,
            matter_id=case.matter_id,
            matter_name=case.matter_name,
            matter_kind=case.matter_kind or "",
            office=case.office,
            official_id=case.handled_by,
            level=call.data["stars"],
            channel=case.rated_through or "page",
            comment=case.comment,
            rated_at=call.now,
            month=day_of(call.now).isoformat()[:7],
            ask_at=call.now + timedelta(days=terms.ask),
        )
        events = rating.receive(terms, days.of(rating.region))
        if case.erased:
            events += rating.erase(case.applicant_id, call.now)
        with suppress(AlreadyAnswered, Conflict):
            ratings.add(rating, events, call)


def call_back(ratings: RatingStore, call: Call) -> Rating:
    """Somebody spoke with the citizen; raises NotFound out of scope, Forbidden for who was rated, Conflict where that was done."""
    rating = _of_a_head(ratings, call)
    ratings.save(rating, rating.call_back(call.actor.id, call.data["said"], call.now), call)
    return rating


def answer(ratings: RatingStore, terms: RatingTerms, days: Calendars, call: Call) -> Rating:
    """The citizen is told what was done; raises NotFound out of scope, Conflict before the call."""
    rating = _of_a_head(ratings, call)
    events = rating.answer(call.actor.id, call.data["answer"], terms, days.of(rating.region), call.now)
    ratings.save(rating, events, call)
    return rating


def confirm(ratings: RatingStore, terms: RatingTerms, days: Calendars, call: Call) -> Rating:
    """The citizen says whether it is mended; raises NotFound for another's, Conflict where nothing was answered."""
    asked, rating = call.data, _own(ratings, call)
    events = rating.confirm(asked["mended"], asked["objection"], terms, days.of(rating.region), call.now)
    ratings.save(rating, events, call)
    return rating


def tell_solved(ratings: RatingStore, call: Call) -> Rating:
    """The citizen says whether it was truly solved; raises NotFound for another's, Conflict before it is asked and twice."""
    rating = _own(ratings, call)
    ratings.save(rating, rating.tell_solved(call.data["solved"], call.now), call)
    return rating


def appeal(ratings: RatingStore, call: Call) -> Rating:
    """Who was rated appeals; raises NotFound for another's, Conflict twice."""
    rating = ratings.get(call.data["rating_id"], call, only_who_was_rated(call.actor))
    ratings.save(rating, rating.appeal_against(call.actor.id, call.data["reason"], call.now), call)
    return rating


def decide_appeal(ratings: RatingStore, call: Call) -> Rating:
    """Another officer decides the appeal; raises NotFound out of scope, Forbidden for who had to do with it."""
    asked = call.data
    rating = ratings.get(asked["rating_id"], call, only_heads_of_the_region(call.actor))
    events = rating.decide_appeal(call.actor.id, asked["outcome"], asked["reason"], call.now)
    ratings.save(rating, events, call)
    return rating


def sweep(ratings: RatingStore, terms: RatingTerms, days: Calendars, call: Call, most: int = 200) -> int:
    """Let the clock act on what is due; gives how many ratings it changed."""
    return ratings.sweep(lambda rating: rating.fall_due(terms, days.of(rating.region), call.now), call, most)


def _of_a_head(ratings: RatingStore, call: Call) -> Rating:
    rating = ratings.get(call.data["rating_id"], call, only_heads_of_the_region(call.actor))
    rules.what_went_up_is_the_countys(rating.raised, is_of_the_county(call.actor, rating.region))
    return rating


def _own(ratings: RatingStore, call: Call) -> Rating:
    return ratings.get(call.data["rating_id"], call, whose_it_is(call.actor))
