"""Households of a village, and what their heads ask for."""

from gateway.routing import OFFICIALS, RESIDENTS, Routes
from services.identity.people.households import contract

routes = Routes("identity", "家庭 households")
OWN = "/households/mine"
ONE = "/households/{household_id}"
MEMBER = f"{ONE}/members/{{resident_id}}"
ASK = f"{ONE}/asks/{{ask_id}}"
HOUSEHOLD = contract.Household

routes.add(
    "GET", "/households", "list_households", contract.ListHouseholds, contract.HouseholdPage, OFFICIALS
)
routes.add("POST", "/households", "form_household", contract.FormHousehold, HOUSEHOLD, OFFICIALS, status=201)
routes.add("GET", OWN, "find_own_household", None, contract.NamedHousehold, RESIDENTS)
routes.add(
    "POST",
    f"{OWN}/asks",
    "ask_for_household_change",
    contract.AskForChange,
    HOUSEHOLD,
    RESIDENTS,
    status=201,
    assurance=0,
)
routes.add(
    "POST",
    f"{OWN}/asks/{{ask_id}}/withdrawal",
    "withdraw_household_ask",
    contract.OwnAsk,
    HOUSEHOLD,
    RESIDENTS,
    assurance=0,
)
routes.add("GET", ONE, "find_household", contract.FindHousehold, contract.NamedHousehold, OFFICIALS)

CHANGES = (
    ("POST", f"{ONE}/members", "add_household_member", contract.AddMember),
    ("PATCH", MEMBER, "change_household_member", contract.ChangeMember),
    ("POST", f"{MEMBER}/removal", "remove_household_member", contract.OfMember),
    ("POST", f"{ONE}/head", "change_household_head", contract.ChangeHead),
    ("POST", f"{ONE}/splitting", "split_household", contract.SplitHousehold),
    ("POST", f"{ONE}/joining", "join_households", contract.JoinHouseholds),
    ("POST", f"{ONE}/dissolution", "dissolve_household", contract.FindHousehold),
    ("POST", f"{ASK}/approval", "approve_household_ask", contract.OfAsk),
    ("POST", f"{ASK}/refusal", "refuse_household_ask", contract.RefuseAsk),
)
for verb, path, door, request in CHANGES:
    routes.add(verb, path, door, request, HOUSEHOLD, OFFICIALS)
