"""The clock's endpoint: reviews that the office lets lie."""

from nameko.timer import timer

from services.affairs.matters.reviews import usecases
from services.affairs.matters.reviews.model import ReviewTerms
from services.affairs.matters.reviews.ports import Calendars
from services.affairs.matters.reviews.store import ReviewStore
from services.civic.actor import SYSTEM
from services.civic.calls import Call

SWEEP_SECONDS = 30
"""Days are counted here; half a minute matters to nobody."""


class ReviewTimers:
    """Sweeps; what it works with is declared by the endpoints."""

    reviews: ReviewStore
    review_terms: ReviewTerms
    working_days: Calendars

    @timer(interval=SWEEP_SECONDS)
    def sweep_reviews(self) -> None:
        usecases.sweep(self.reviews, self.review_terms, self.working_days, Call({}, SYSTEM))
