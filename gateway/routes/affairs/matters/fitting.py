"""Which matters fit somebody, and the answers that somebody keeps."""

from gateway.routing import Routes
from services.affairs.matters.fitting import contract

routes = Routes("事项 matters", contract)

routes.post("/matter-suggestions", contract.suggest_matters)
routes.post("/matter-suggestions/mine", contract.suggest_own_matters, facts=True)
routes.get("/fitting-answers", contract.find_fitting_answers)
routes.post("/fitting-answers", contract.keep_fitting_answers)
routes.post("/fitting-answers/discarding", contract.discard_fitting_answers)
