"""The clock's endpoint: questions after four weeks, cases that are late, and blocks that can be published."""

from nameko.timer import timer

from services.affairs.matters.ratings import publishing, usecases
from services.affairs.matters.ratings.model import RatingTerms
from services.affairs.matters.ratings.ports import Calendars
from services.affairs.matters.ratings.store import RatingStore
from services.chassis.core.calls import utc_now
from services.civic.actor import SYSTEM
from services.civic.calls import Call

SWEEP_SECONDS = 30
"""Days are counted here; half a minute matters to nobody."""

BLOCK_SECONDS = 3600
"""A month becomes a block once."""


class RatingTimers:
    """Sweeps; what it works with is declared by the endpoints."""

    ratings: RatingStore
    rating_terms: RatingTerms
    working_days: Calendars

    @timer(interval=SWEEP_SECONDS)
    def sweep_ratings(self) -> None:
        usecases.sweep(self.ratings, self.rating_terms, self.working_days, Call({}, SYSTEM))

    @timer(interval=BLOCK_SECONDS)
    def freeze_rating_blocks(self) -> None:
        publishing.freeze_blocks(self.ratings, utc_now())
