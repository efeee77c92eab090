"""What can be read of officials, always within the reader's scope."""

from services.chassis.core.actor import Role
from services.chassis.core.scope import inside, scope_filter
from services.chassis.storage.paging import page
from services.civic.actor import CivicActor
from services.civic.calls import Call
from services.identity.officials.staff.contract import ADMINISTRATORS, COMMITTEE, DESK
from services.identity.officials.staff.model import Official
from services.identity.officials.staff.store import OfficialStore


def in_sight(actor: CivicActor) -> dict:
    """Filter the officials: an administrator's regions, or the committee's own for one of its officers."""
    if actor.has_role(*ADMINISTRATORS):
        return scope_filter(actor, *ADMINISTRATORS)
    return {**scope_filter(actor, COMMITTEE), "role": COMMITTEE}


def one(officials: OfficialStore, call: Call) -> Official:
    """One official whom the caller may see, dismissed or not, with the full name."""
    return officials.get(call.data["official_id"], scope=in_sight(call.actor))


def in_scope(officials: OfficialStore, call: Call) -> dict:
    """A page of the officials whom the caller may see, by login."""
    return page(officials.documents, in_sight(call.actor), call.data, ("login", 1), officials.from_document)


def colleagues(officials: OfficialStore, call: Call) -> dict:
    """The clerks who handle what comes from a region: its own, those of what it lies in, and of what lies in it.

    Who has no office there is told of none: an office's people are named to their colleagues only.
    """
    region = call.data["region"]
    if not any(inside(region, role.region) or inside(role.region, region) for role in desk_roles(call.actor)):
        return {"items": []}
    return {"items": officials.clerks_of(region)}


def desk_roles(actor: CivicActor) -> list[Role]:
    """Give the roles by which somebody has colleagues at the desk."""
    return [role for role in actor.roles if role.name in DESK]
