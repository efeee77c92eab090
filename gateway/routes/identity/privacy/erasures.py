"""A resident has the own data erased."""

from gateway.routing import RESIDENTS, Routes
from services.identity.privacy.erasures import contract

routes = Routes("identity", "个人信息 privacy")
routes.add("GET", "/erasures/terms", "find_erasure_terms", None, contract.ErasureTerms, RESIDENTS)
routes.add("POST", "/erasures", "ask_erasure", None, contract.Erasure, RESIDENTS, status=201, assurance=0)
routes.add("GET", "/erasures", "list_erasures", contract.ListErasures, contract.ErasurePage, RESIDENTS)
routes.add(
    "POST",
    "/erasures/{erasure_id}/cancellation",
    "cancel_erasure",
    contract.CancelErasure,
    contract.Erasure,
    RESIDENTS,
    assurance=0,
)
