"""What ratings hear: that a handling was rated."""

from services.affairs.matters.ratings import usecases
from services.affairs.matters.ratings.model import RatingTerms
from services.affairs.matters.ratings.ports import Calendars, Cases
from services.affairs.matters.ratings.store import RatingStore
from services.chassis.listeners import hears


class RatingListeners:
    """Copies what was given; what it works with is declared by the endpoints."""

    ratings: RatingStore
    rating_terms: RatingTerms
    applications: Cases
    working_days: Calendars

    @hears("affairs.application.rated", queue="ratings")
    def on_affairs_application_rated(self, event, call):
        usecases.receive(self.ratings, self.applications, self.rating_terms, self.working_days, call)
