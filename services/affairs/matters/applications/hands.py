"""For whom somebody acts at the desk, and whose desks a head answers for."""

from services.chassis.core.scope import may_act_in
from services.civic.actor import CivicActor

CLERK = ("clerk",)
HEADS = ("town_administrator", "county_administrator")


def is_head_of(actor: CivicActor, region: str) -> bool:
    """Tell whether the actor heads an office whose region contains `region`."""
    return may_act_in(actor, region, *HEADS)


def hands_of(actor: CivicActor) -> frozenset[str]:
    """For whom somebody acts: themselves, and the clerk for whom they stand in."""
    return frozenset({actor.id, *(role.of for role in actor.roles if role.name in CLERK and role.of)})


def is_of_the_county(actor: CivicActor, region: str) -> bool:
    """Tell whether the actor acts for the government of the county in which a region lies."""
    return may_act_in(actor, region, "county_administrator")
