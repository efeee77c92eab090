"""What is read of ratings: by the citizen, by the supervisor's side, by who was rated, and by everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.affairs.matters.ratings.contract import APPEALED
from services.affairs.matters.ratings.publishing import totals_of
from services.affairs.matters.ratings.scopes import (
    for_whom_it_is,
    only_heads_of_the_region,
    only_who_was_rated,
)
from services.affairs.matters.ratings.store import UNSHOWN
from services.chassis.storage.paging import page

if TYPE_CHECKING:
    from services.affairs.matters.ratings.model import Rating
    from services.affairs.matters.ratings.store import RatingStore
    from services.civic.calls import Call

URGENT, NEWEST, LAST_BLOCK = ("mend_by", 1), ("rated_at", -1), ("block_until", -1)


def one(ratings: RatingStore, call: Call) -> Rating:
    """One rating; raises NotFound for whom it does not concern."""
    return ratings.get(call.data["rating_id"], scope=for_whom_it_is(call.actor))


def cases(ratings: RatingStore, call: Call) -> dict:
    """A page of the bad ones of a head's regions in one state, or with an open appeal, the most urgent first."""
    state = call.data["state"]
    of = {"appeal_state": "asked"} if state == APPEALED else {"state": state}
    where = {**only_heads_of_the_region(call.actor), **of}
    return page(ratings.documents, where, call.data, URGENT, ratings.from_document, UNSHOWN)


def about_me(ratings: RatingStore, call: Call) -> dict:
    """A page of the caller's own bad ones, newest first."""
    where = only_who_was_rated(call.actor)
    return page(ratings.documents, where, call.data, NEWEST, ratings.from_document, UNSHOWN)


def totals(ratings: RatingStore, call: Call) -> dict:
    """The caller's own months."""
    return {"months": totals_of(ratings, call.actor.id, call.now)}


def published(ratings: RatingStore, call: Call) -> dict:
    """A page of what became of bad ratings in a county, without names, the last block first."""
    where = {"regions": call.data["county"], "published": True}
    return page(ratings.documents, where, call.data, LAST_BLOCK, ratings.from_document, UNSHOWN)
