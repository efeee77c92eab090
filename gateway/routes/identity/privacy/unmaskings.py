"""Personal data unmasked, and who looked at it."""

from gateway.routing import Routes
from services.identity.privacy.unmaskings import contract

routes = Routes("个人信息查看记录 disclosures", contract)
routes.post("/residents/{resident_id}/disclosures", contract.disclose_resident, status=201)
routes.post("/residents/search", contract.look_up_resident, status=201)
routes.get("/disclosures/mine", contract.list_own_disclosures)
routes.get("/disclosures", contract.list_disclosures)
