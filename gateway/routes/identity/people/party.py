"""Party units and their members."""

from gateway.routing import OFFICIALS, SIGNED_IN, Routes
from services.identity.people.party import contract

routes = Routes("identity", "党员 party")
UNITS = "/party/units"
UNIT = f"{UNITS}/{{unit_id}}"
MEMBER = "/party/members/{resident_id}"

routes.add("GET", UNITS, "list_party_units", contract.ListUnits, contract.PartyUnitPage, OFFICIALS)
routes.add("POST", UNITS, "found_party_unit", contract.FoundUnit, contract.PartyUnit, OFFICIALS, status=201)
routes.add("GET", UNIT, "find_party_unit", contract.FindUnit, contract.UnitCoverage, OFFICIALS)
routes.add(
    "GET",
    f"{UNIT}/members",
    "list_party_members",
    contract.ListMembers,
    contract.NamedPartyMemberPage,
    OFFICIALS,
)
routes.add(
    "POST",
    f"{UNIT}/members",
    "enter_party_member",
    contract.EnterMember,
    contract.PartyMember,
    OFFICIALS,
    status=201,
)
routes.add("GET", MEMBER, "find_party_member", contract.OfPartyMember, contract.NamedPartyMember, SIGNED_IN)

CHANGES = (
    ("transfer", "transfer_party_member", contract.TransferMember, contract.PartyMember),
    ("floating", "mark_party_member_floating", contract.MarkFloating, contract.PartyMember),
    ("contacts", "record_party_contact", contract.RecordContact, contract.PartyMember),
    ("removal", "remove_party_member", contract.OfPartyMember, contract.Left),
)
for change, door, request, answer in CHANGES:
    routes.add("POST", f"{MEMBER}/{change}", door, request, answer, OFFICIALS)
