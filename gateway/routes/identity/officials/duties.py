"""Duty rotas of offices, and who is on duty now."""

from gateway.routing import Routes
from services.identity.officials.duties import contract

routes = Routes("值班 duties", contract)
routes.get("/duties/now", contract.on_duty_now)
routes.get("/duties/{region}", contract.find_rota)
routes.put("/duties/{region}", contract.set_rota)
routes.post("/duties/{region}/days", contract.change_duty)
