"""A resident has the own data erased."""

from gateway.routing import Routes
from services.identity.privacy.erasures import contract

routes = Routes("个人信息 privacy", contract)
routes.get("/erasures/terms", contract.find_erasure_terms)
routes.post("/erasures", contract.ask_erasure, status=201)
routes.get("/erasures", contract.list_erasures)
routes.post("/erasures/{erasure_id}/cancellation", contract.cancel_erasure)
