"""Claims on what was sent: asked and answered by the two parties, decided by a clerk of the county."""

from gateway.routing import Routes
from services.market.selling.claims import contract

routes = Routes("退款 claims", contract)

routes.post("/orders/{order_id}/claims", contract.ask_claim, status=201)
routes.get("/orders/{order_id}/claims", contract.list_order_claims)
routes.get("/claims", contract.list_claims)
routes.get("/claims/disputes", contract.list_disputes)
routes.get("/claims/{claim_id}", contract.find_claim)

routes.post("/claims/{claim_id}/agreement", contract.agree_to_claim)
routes.post("/claims/{claim_id}/refusal", contract.refuse_claim)
routes.post("/claims/{claim_id}/dispute", contract.dispute_claim)
routes.post("/claims/{claim_id}/decision", contract.decide_claim)
routes.post("/claims/{claim_id}/return", contract.send_goods_back)
routes.post("/claims/{claim_id}/return/confirmation", contract.confirm_goods_back)
routes.post("/claims/{claim_id}/withdrawal", contract.withdraw_claim)
