"""Tables of successors from one edition of the divisions to the next."""

from gateway.routing import Routes
from services.identity.divisions.crosswalks import contract

routes = Routes("区划 regions", contract)
routes.post("/successions", contract.begin_succession, status=201)
routes.get("/successions", contract.list_successions)
routes.get("/successions/{succession_id}", contract.find_succession)
routes.post("/successions/{succession_id}/rows", contract.settle_succession)
routes.get("/successions/{succession_id}/rehearsal", contract.rehearse_succession)
routes.post("/successions/{succession_id}/rehearsal", contract.ask_rehearsal)
routes.post("/successions/{succession_id}/confirmation", contract.confirm_succession)
