"""The county's officials: an administrator in every village and town, clerks and officers at the county."""

from services.chassis.core.actor import Role
from services.civic.actor import CivicActor
from services.identity.officials.staff.store import OfficialStore
from services.identity.officials.staff.usecases import new_official

COUNTY = "510183"
OF_THE_COUNTY = ("county_administrator", "clerk", "discipline_officer", "data_officer")


def login_of(role: str, region: str) -> str:
    """Give the login of the official with a role in a region."""
    return f"{role.replace('_', '-')}-{region}"


def posts(villages: list[str]) -> list[tuple[str, str]]:
    """Give every (role, region)."""
    towns = sorted({village[:9] for village in villages})
    return [
        *((role, COUNTY) for role in OF_THE_COUNTY),
        *((role, town) for town in towns for role in ("town_administrator", "clerk")),
        *(("village_administrator", village) for village in villages),
    ]


def appoint(officials: OfficialStore, role: str, region: str, password_hash: str, call) -> CivicActor:
    """Give a person an office, with a password of their own already; gives who acts."""
    official = new_official(password_hash, call)
    officials.add(official, official.appointed(), call)
    official.choose_password(password_hash)
    officials.save(official, [], call)
    return acting(official.id, role, region)


def acting(id: str, role: str, region: str) -> CivicActor:
    """Give the actor that the gateway makes of an official's token."""
    return CivicActor(id, "official", (Role(role, region),))
