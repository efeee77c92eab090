"""The one scope filter, used by get, list, search, count, export and events alike.

Regions are statistical division codes, so "inside" is a prefix. Every document with a `region` carries all the
codes above it in `regions` (county, town, village), so that scope is an equality that an index answers in order.
"""

from services.chassis.core.actor import Actor

LEVELS = (6, 9, 12)
"""Digits of a county's, a town's and a village's code."""


def path_of(region: str) -> list[str]:
    """Give the region's code with the codes of the regions above it, largest first."""
    return [region[:digits] for digits in LEVELS if digits <= len(region)]


def inside(region: str, outer: str) -> bool:
    """Tell whether `region` lies in `outer` or is it."""
    return region.startswith(outer)


def scope_filter(actor: Actor, *roles: str) -> dict:
    """Give the MongoDB filter of what the actor may see through these roles (all its roles where none is named).

    An actor without such a role matches nothing: lists come back empty, a get finds nothing.
    """
    regions = sorted({role.region for role in actor.roles if not roles or role.name in roles})
    outermost = [r for r in regions if not any(r != o and inside(r, o) for o in regions)]
    if len(outermost) == 1:
        return {"regions": outermost[0]}
    return {"regions": {"$in": outermost}}


def may_act_in(actor: Actor, region: str, *roles: str) -> bool:
    """Tell whether the actor holds one of these roles in a region that contains `region`."""
    return any(role.name in roles and inside(region, role.region) for role in actor.roles)
