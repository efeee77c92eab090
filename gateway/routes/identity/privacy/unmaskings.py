"""Personal data unmasked, and who looked at it."""

from gateway.routing import OFFICIALS, RESIDENTS, Routes
from services.identity.privacy.unmaskings import contract

routes = Routes("identity", "个人信息查看记录 disclosures")
routes.add(
    "POST",
    "/residents/{resident_id}/disclosures",
    "disclose_resident",
    contract.Disclose,
    contract.Disclosed,
    OFFICIALS,
    status=201,
)
routes.add(
    "GET",
    "/disclosures/mine",
    "list_own_disclosures",
    contract.ListDisclosures,
    contract.DisclosurePage,
    RESIDENTS,
)
routes.add(
    "GET", "/disclosures", "list_disclosures", contract.ListDisclosures, contract.DisclosurePage, OFFICIALS
)
