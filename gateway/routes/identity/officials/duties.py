"""Duty rotas of offices, and who is on duty now."""

from gateway.routing import OFFICIALS, SIGNED_IN, Routes
from services.identity.officials.duties import contract

ONE = "/duties/{region}"

routes = Routes("identity", "值班 duties")
routes.add("GET", "/duties/now", "on_duty_now", None, contract.OnDutyList, SIGNED_IN)
routes.add("GET", ONE, "find_rota", contract.FindRota, contract.Rota, OFFICIALS)
routes.add("PUT", ONE, "set_rota", contract.SetRota, contract.Rota, OFFICIALS)
routes.add("POST", f"{ONE}/days", "change_duty", contract.ChangeDuty, contract.Rota, OFFICIALS)
