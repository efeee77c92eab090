"""复核: what can be done against a decision, and its review by another officer, then by the county."""

from gateway.routing import Routes
from services.affairs.matters.reviews import contract

routes = Routes("复核 reviews", contract)

OF_APPLICATION = "/applications/{application_id}"
ONE = "/reviews/{review_id}"

routes.get(f"{OF_APPLICATION}/remedies", contract.find_remedies)
routes.post(f"{OF_APPLICATION}/review", contract.ask_for_review, status=201)
routes.get("/reviews", contract.list_reviews)
routes.get(ONE, contract.find_review)
routes.post(f"{ONE}/taking", contract.take_review)
routes.post(f"{ONE}/decision", contract.decide_review)
routes.post(f"{ONE}/county", contract.go_on_with_review)
routes.post(f"{ONE}/withdrawal", contract.withdraw_review)
