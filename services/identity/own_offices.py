"""Which offices are somebody's own: those of the village and the town."""

from collections.abc import Callable

from services.chassis.core.errors import NotFound
from services.chassis.core.scope import path_of
from services.civic.actor import CivicActor

RegionOf = Callable[[str], tuple[str, str]]
"""A resident's village and the edition in which it is read; raises NotFound."""


def offices_of(actor: CivicActor, region_of: RegionOf) -> list[str]:
    """Give the codes of the village and town whose offices are somebody's own, the town first."""
    regions = [role.region for role in actor.roles]
    if actor.kind == "resident":
        try:
            regions = [region_of(actor.id)[0]]
        except NotFound:
            regions = []
    return sorted({code for region in regions for code in path_of(region)[1:]})
