"""A county's way from one edition of the divisions to a later one."""

from gateway.routing import Routes
from services.identity.divisions.edition_switches import contract

routes = Routes("区划 regions", contract)
routes.post("/adoptions", contract.begin_adoption, status=201)
routes.get("/adoptions", contract.list_adoptions)
routes.get("/adoptions/{adoption_id}", contract.find_adoption)
routes.get("/adoptions/{adoption_id}/residents", contract.list_unplaced)
routes.post("/adoptions/{adoption_id}/residents/{resident_id}/placement", contract.place_resident)
routes.post("/adoptions/{adoption_id}/party-units/{unit_id}/placement", contract.place_party_unit)
routes.post("/adoptions/{adoption_id}/officials/{official_id}/placement", contract.place_official)
