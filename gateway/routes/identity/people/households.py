"""Households of a village, and what their heads ask for."""

from gateway.routing import Routes
from services.identity.people.households import contract

routes = Routes("家庭 households", contract)
ONE = "/households/{household_id}"

routes.get("/households", contract.list_households)
routes.post("/households", contract.form_household, status=201)
routes.get("/households/mine", contract.find_own_household)
routes.post("/households/mine/asks", contract.ask_for_household_change, status=201)
routes.post("/households/mine/asks/{ask_id}/withdrawal", contract.withdraw_household_ask)
routes.get("/households/{household_id}", contract.find_household)

routes.post("/households/{household_id}/members", contract.add_household_member)
routes.patch("/households/{household_id}/members/{resident_id}", contract.change_household_member)
routes.post("/households/{household_id}/members/{resident_id}/removal", contract.remove_household_member)
routes.post("/households/{household_id}/head", contract.change_household_head)
routes.post("/households/{household_id}/splitting", contract.split_household)
routes.post("/households/{household_id}/joining", contract.join_households)
routes.post("/households/{household_id}/dissolution", contract.dissolve_household)
routes.post("/households/{household_id}/asks/{ask_id}/approval", contract.approve_household_ask)
routes.post("/households/{household_id}/asks/{ask_id}/refusal", contract.refuse_household_ask)
