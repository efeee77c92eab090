"""Whether somebody has an application of a matter under way already: better said before a form than after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gateway.web.declarations import Read

if TYPE_CHECKING:
    from gateway.web.asking import PagePart
    from gateway.web.visit import PageVisit

UNDER_WAY = ("submitted", "materials_missing", "supplemented", "accepted")
LATEST = 100


def _latest(visit: PageVisit) -> dict | None:
    return {"limit": LATEST} if visit.actor.kind == "resident" else None


MINE = Read("GET /applications/mine", _latest, optional=True)
"""The latest ones of who looks, or of the ward: what is under way is hardly older."""


def under_way(part: PagePart, matter_id: str) -> dict | None:
    """Give the one of this matter that is under way; None where there is none, or where nobody can tell just now."""
    return next(
        (one for one in part.items if one["matter_id"] == matter_id and one["state"] in UNDER_WAY), None
    )
