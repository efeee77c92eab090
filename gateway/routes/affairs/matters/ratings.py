"""好差评: ratings by link, the cases of bad ones, appeals, totals, and what is published."""

from gateway.routing import Routes
from services.affairs.matters.ratings import contract

routes = Routes("好差评 ratings", contract)

LINK = "/rating-links/{application_id}/{token}"
ONE = "/ratings/{rating_id}"

routes.get("/applications/{application_id}/rating-link", contract.find_rating_link)
routes.get(LINK, contract.open_rating_link)
routes.post(f"{LINK}/rating", contract.rate_by_link)
routes.get("/rating-cases", contract.list_rating_cases)
routes.get("/ratings/about-me", contract.list_ratings_about_me)
routes.get("/ratings/totals", contract.find_rating_totals)
routes.get("/published-ratings", contract.list_published_ratings)
routes.get(ONE, contract.find_rating)
routes.post(f"{ONE}/callback", contract.call_back_rating)
routes.post(f"{ONE}/answer", contract.answer_rating)
routes.post(f"{ONE}/confirmation", contract.confirm_rating)
routes.post(f"{ONE}/solved", contract.tell_solved)
routes.post(f"{ONE}/appeal", contract.appeal_rating)
routes.post(f"{ONE}/appeal/decision", contract.decide_rating_appeal)
