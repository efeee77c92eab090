"""The endpoints of ratings."""

from services.affairs.matters.ratings import contract, links, usecases, views
from services.affairs.matters.ratings.model import Rating, RatingTerms
from services.affairs.matters.ratings.ports import Calendars, Cases, RatedCase
from services.affairs.matters.ratings.store import RatingStore
from services.chassis.rpc import rpc
from services.chassis.storage.dependency_provider import Provided
from services.civic.calls import Call


class RatingEndpoints:
    """Ratings and the cases of bad ones; what is annotated only is wired in the service."""

    ratings = Provided(RatingStore)
    rating_terms = Provided(RatingTerms)
    applications: Cases
    working_days: Calendars

    @rpc(contract.find_rating_link)
    def find_rating_link(self, call: Call) -> dict:
        return links.path_for_the_window(self.ratings, self.applications, call)

    @rpc(contract.open_rating_link)
    def open_rating_link(self, call: Call) -> RatedCase:
        return links.opened(self.ratings, self.applications, call)

    @rpc(contract.rate_by_link)
    def rate_by_link(self, call: Call) -> RatedCase:
        return links.rate(self.ratings, self.applications, call)

    @rpc(contract.find_rating)
    def find_rating(self, call: Call) -> Rating:
        return views.one(self.ratings, call)

    @rpc(contract.list_rating_cases)
    def list_rating_cases(self, call: Call) -> dict:
        return views.cases(self.ratings, call)

    @rpc(contract.list_ratings_about_me)
    def list_ratings_about_me(self, call: Call) -> dict:
        return views.about_me(self.ratings, call)

    @rpc(contract.find_rating_totals)
    def find_rating_totals(self, call: Call) -> dict:
        return views.totals(self.ratings, call)

    @rpc(contract.list_published_ratings)
    def list_published_ratings(self, call: Call) -> dict:
        return views.published(self.ratings, call)

    @rpc(contract.call_back_rating)
    def call_back_rating(self, call: Call) -> Rating:
        return usecases.call_back(self.ratings, call)

    @rpc(contract.answer_rating)
    def answer_rating(self, call: Call) -> Rating:
        return usecases.answer(self.ratings, self.rating_terms, self.working_days, call)

    @rpc(contract.confirm_rating)
    def confirm_rating(self, call: Call) -> Rating:
        return usecases.confirm(self.ratings, self.rating_terms, self.working_days, call)

    @rpc(contract.tell_solved)
    def tell_solved(self, call: Call) -> Rating:
        return usecases.tell_solved(self.ratings, call)

    @rpc(contract.appeal_rating)
    def appeal_rating(self, call: Call) -> Rating:
        return usecases.appeal(self.ratings, call)

    @rpc(contract.decide_rating_appeal)
    def decide_rating_appeal(self, call: Call) -> Rating:
        return usecases.decide_appeal(self.ratings, call)
