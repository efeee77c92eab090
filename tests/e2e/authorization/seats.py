"""The columns of the table: everybody who could call, seen from a thing that belongs to 黑虎村.

A seat's place is written after its role; a role without a place is held where the thing is.
"""

from dataclasses import dataclass

from deploy.local.story.identity import COUNTY, OTHER_VILLAGE, TOWN, VILLAGE

OTHER_COUNTY, OTHER_TOWN, FAR_VILLAGE = "510184", "510183104", "510183104201"


@dataclass(frozen=True)
class Seat:
    """Somebody who calls; `region` is None for whoever is no official."""

    name: str
    role: str
    region: str | None = None


NOBODY = Seat("nobody", "anonymous")
OWNER = Seat("owner", "resident")
NEIGHBOUR = Seat("neighbour", "resident")
NEWCOMER = Seat("newcomer", "resident")
HELPER = Seat("helper acting for the owner", "helper")
"""A resident who signs in as himself and names the owner's mandate, which covers everything that a mandate can."""

VISITOR = Seat("visitor", "visitor")
"""Somebody without an account who proved a phone."""

NAMED_VISITOR = Seat("named visitor", "named_visitor")
"""Another one, who gave a name and an ID number as well."""

DEPARTMENT = Seat("department", "department")
OTHER_DEPARTMENT = Seat("other department", "department")
ENTRANT = Seat("entrant", "entrant")
"""A county administrator who has not replaced the one-time password yet."""

OFFICIALS = (
    Seat("county administrator", "county_administrator", COUNTY),
    Seat("county administrator of another county", "county_administrator", OTHER_COUNTY),
    Seat("town administrator", "town_administrator", TOWN),
    Seat("town administrator of another town", "town_administrator", OTHER_TOWN),
    Seat("village administrator", "village_administrator", VILLAGE),
    Seat("village administrator next door", "village_administrator", OTHER_VILLAGE),
    Seat("village administrator in another town", "village_administrator", FAR_VILLAGE),
    Seat("county clerk", "clerk", COUNTY),
    Seat("county clerk of another county", "clerk", OTHER_COUNTY),
    Seat("town clerk", "clerk", TOWN),
    Seat("town clerk of another town", "clerk", OTHER_TOWN),
    Seat("discipline officer", "discipline_officer", COUNTY),
    Seat("discipline officer of another county", "discipline_officer", OTHER_COUNTY),
    Seat("data officer", "data_officer", COUNTY),
    Seat("data officer of another county", "data_officer", OTHER_COUNTY),
    Seat("grid worker", "grid_worker", VILLAGE),
    Seat("grid worker next door", "grid_worker", OTHER_VILLAGE),
    Seat("legal adviser", "legal_adviser", VILLAGE),
    Seat("legal adviser next door", "legal_adviser", OTHER_VILLAGE),
    Seat("auditor", "auditor", COUNTY),
    Seat("auditor of another county", "auditor", OTHER_COUNTY),
)

SEATS = (
    *(NOBODY, VISITOR, NAMED_VISITOR, OWNER, NEIGHBOUR, NEWCOMER, HELPER),
    *(DEPARTMENT, OTHER_DEPARTMENT, ENTRANT, *OFFICIALS),
)
BY_NAME = {seat.name: seat for seat in SEATS}

RESIDENTS = "owner, neighbour, newcomer"
"""The owner and the neighbour are certified by 黑虎村, the newcomer waits; what is prepared belongs to the owner."""

DEPARTMENTS = "department, other department"
ADMINISTRATORS = "village administrator, town administrator, county administrator"
CLERKS = "county clerk, town clerk"
ALL_OFFICIALS = ", ".join(seat.name for seat in OFFICIALS)
ACCOUNTS = f"{RESIDENTS}, {DEPARTMENTS}, {ALL_OFFICIALS}"
VISITORS = f"{VISITOR.name}, {NAMED_VISITOR.name}"
SIGNED_IN = f"entrant, {VISITORS}, {ACCOUNTS}"
EVERYBODY = f"nobody, {SIGNED_IN}"
"""Everybody who calls for themselves."""

FOR_HER = f"owner, {HELPER.name}"
"""The owner, and the helper in her place."""

ANYBODY = f"{EVERYBODY}, {HELPER.name}"
ONE_OF_EACH_KIND = f"nobody, {VISITOR.name}, newcomer, department, county administrator, {HELPER.name}"
