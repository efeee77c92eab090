"""The endpoints of reviews."""

from services.affairs.matters.reviews import contract, usecases, views
from services.affairs.matters.reviews.model import Review, ReviewTerms
from services.affairs.matters.reviews.ports import Calendars, Cases
from services.affairs.matters.reviews.store import ReviewStore
from services.chassis.rpc import rpc
from services.chassis.storage.dependency_provider import Provided
from services.civic.calls import Call
from services.civic.ports import MustNotLeave


class ReviewEndpoints:
    """Reviews of decisions; what is annotated only is wired in the service."""

    reviews = Provided(ReviewStore)
    review_terms = Provided(ReviewTerms)
    applications: Cases
    working_days: Calendars
    must_not_leave: MustNotLeave

    @rpc(contract.find_remedies)
    def find_remedies(self, call: Call) -> dict:
        return views.against(self.reviews, self.applications, self.review_terms, self.working_days, call)

    @rpc(contract.ask_for_review)
    def ask_for_review(self, call: Call) -> Review:
        return usecases.ask(
            self.reviews, self.applications, self.must_not_leave, self.review_terms, self.working_days, call
        )

    @rpc(contract.find_review)
    def find_review(self, call: Call) -> dict:
        return views.one(self.reviews, self.working_days, call)

    @rpc(contract.list_reviews)
    def list_reviews(self, call: Call) -> dict:
        return views.waiting(self.reviews, self.working_days, call)

    @rpc(contract.take_review)
    def take_review(self, call: Call) -> Review:
        return usecases.take(self.reviews, call)

    @rpc(contract.decide_review)
    def decide_review(self, call: Call) -> Review:
        return usecases.decide(self.reviews, self.review_terms, self.working_days, call)

    @rpc(contract.go_on_with_review)
    def go_on_with_review(self, call: Call) -> Review:
        return usecases.go_on(self.reviews, self.review_terms, self.working_days, call)

    @rpc(contract.withdraw_review)
    def withdraw_review(self, call: Call) -> Review:
        return usecases.withdraw(self.reviews, call)
