"""A county's way from one edition of the divisions to a later one."""

from gateway.routing import OFFICIALS, Routes
from services.identity.divisions.edition_switches import contract

ONE = "/adoptions/{adoption_id}"

routes = Routes("identity", "区划 regions")
routes.add(
    "POST",
    "/adoptions",
    "begin_adoption",
    contract.BeginAdoption,
    contract.Adoption,
    OFFICIALS,
    status=201,
)
routes.add("GET", "/adoptions", "list_adoptions", contract.ListAdoptions, contract.AdoptionPage, OFFICIALS)
routes.add("GET", ONE, "find_adoption", contract.FindAdoption, contract.Adoption, OFFICIALS)
routes.add(
    "GET", f"{ONE}/residents", "list_unplaced", contract.ListUnplaced, contract.UnplacedPage, OFFICIALS
)
routes.add(
    "POST",
    f"{ONE}/residents/{{resident_id}}/placement",
    "place_resident",
    contract.PlaceResident,
    contract.Placed,
    OFFICIALS,
)
routes.add(
    "POST",
    f"{ONE}/party-units/{{unit_id}}/placement",
    "place_party_unit",
    contract.PlacePartyUnit,
    contract.Placed,
    OFFICIALS,
)
routes.add(
    "POST",
    f"{ONE}/officials/{{official_id}}/placement",
    "place_official",
    contract.PlaceOfficial,
    contract.Placed,
    OFFICIALS,
)
