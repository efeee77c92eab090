"""Registration and certification of residents."""

from gateway.routing import OFFICIALS, PUBLIC, RESIDENTS, SIGNED_IN, Routes
from services.identity.residents import contract

routes = Routes("identity", "居民 residents")
routes.add(
    "POST",
    "/residents",
    "register_resident",
    contract.RegisterResident,
    contract.Resident,
    PUBLIC,
    status=201,
)
routes.add("GET", "/residents", "list_residents", contract.ListResidents, contract.ResidentPage, OFFICIALS)
routes.add(
    "GET", "/residents/{resident_id}", "find_resident", contract.FindResident, contract.Resident, SIGNED_IN
)
routes.add(
    "POST",
    "/residents/{resident_id}/certification",
    "certify_resident",
    contract.CertifyResident,
    contract.Resident,
    OFFICIALS,
)
routes.add(
    "POST",
    "/residents/{resident_id}/rejection",
    "reject_resident",
    contract.RejectResident,
    contract.Resident,
    OFFICIALS,
)
routes.add(
    "POST",
    "/residents/{resident_id}/appeal",
    "appeal_rejection",
    contract.AppealRejection,
    contract.Resident,
    RESIDENTS,
)
routes.add(
    "POST",
    "/residents/{resident_id}/appeal/upholding",
    "uphold_rejection",
    contract.DecideAppeal,
    contract.Resident,
    OFFICIALS,
)
routes.add(
    "POST",
    "/residents/{resident_id}/appeal/overturning",
    "overturn_rejection",
    contract.DecideAppeal,
    contract.Resident,
    OFFICIALS,
)
routes.add(
    "POST",
    "/residents/{resident_id}/second-try",
    "try_certification_again",
    contract.TryAgain,
    contract.Resident,
    RESIDENTS,
)
