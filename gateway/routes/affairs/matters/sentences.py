"""Sentences that offices keep for notices, refusals and decisions."""

from gateway.routing import Routes
from services.affairs.matters.sentences import contract

routes = Routes("申请 applications", contract)

routes.get("/sentences", contract.list_sentences)
routes.post("/sentences", contract.add_sentence, status=201)
routes.patch("/sentences/{sentence_id}", contract.change_sentence)
routes.post("/sentences/{sentence_id}/removal", contract.remove_sentence)
