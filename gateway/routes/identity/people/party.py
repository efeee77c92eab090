"""Party units and their members."""

from gateway.routing import Routes
from services.identity.people.party import contract

routes = Routes("党员 party", contract)
UNITS = "/party/units"

routes.get("/party/units", contract.list_party_units)
routes.post("/party/units", contract.found_party_unit, status=201)
routes.get("/party/units/{unit_id}", contract.find_party_unit)
routes.get("/party/units/{unit_id}/members", contract.list_party_members)
routes.post("/party/units/{unit_id}/members", contract.enter_party_member, status=201)
routes.get("/party/members/{resident_id}", contract.find_party_member)

routes.post("/party/members/{resident_id}/transfer", contract.transfer_party_member)
routes.post("/party/members/{resident_id}/floating", contract.mark_party_member_floating)
routes.post("/party/members/{resident_id}/contacts", contract.record_party_contact)
routes.post("/party/members/{resident_id}/removal", contract.remove_party_member)
