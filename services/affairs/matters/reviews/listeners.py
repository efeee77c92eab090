"""What reviews hear: that what was set aside is handled again."""

from services.affairs.matters.reviews import usecases
from services.affairs.matters.reviews.store import ReviewStore
from services.chassis.listeners import hears


class ReviewListeners:
    """Notes as which application it goes on; what it works with is declared by the endpoints."""

    reviews: ReviewStore

    @hears("affairs.application.reopened", queue="reviews")
    def on_affairs_application_reopened(self, event, call):
        usecases.lead_to(self.reviews, call)
