"""Mandates: naming a helper, recording a paper, answering, ending, and what was done."""

from gateway.routing import Routes
from services.identity.people.mandates import contract

routes = Routes("委托代办 mandates", contract)

routes.post("/mandates", contract.offer_mandate, status=201)
routes.post("/mandates/papers", contract.record_mandate, status=201)
routes.get("/mandates", contract.list_mandates)
routes.get("/mandates/mine", contract.list_my_mandates)
routes.get("/mandates/{mandate_id}", contract.find_mandate)
routes.get("/mandates/{mandate_id}/paper", contract.find_mandate_paper)
routes.get("/mandates/{mandate_id}/acts", contract.list_mandate_acts)
routes.get("/mandates/{mandate_id}/authority", contract.mandate_authority)
routes.post("/mandates/{mandate_id}/acceptance", contract.accept_mandate)
routes.post("/mandates/{mandate_id}/refusal", contract.refuse_mandate)
routes.post("/mandates/{mandate_id}/ending", contract.end_mandate, formerly="/mandates/{mandate_id}/end")
