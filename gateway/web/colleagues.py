"""What the clerks of a place are called: who has something in hand stands in lists by number, people know names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gateway.web.declarations import Read
from gateway.web.later import asked_after

if TYPE_CHECKING:
    from gateway.web.asking import PagePart
    from gateway.web.visit import PageVisit

GONE = "一位已不在这里办理的同事"
"""Who is not among the clerks of the place (any more)."""


def of_the_place(visit: PageVisit, region: str) -> PagePart:
    """Ask for the clerks who handle what comes from a place."""
    read = Read("GET /colleagues", lambda _visit: {"region": region})
    return asked_after(visit, colleagues=read)["colleagues"]


def names(part: PagePart) -> dict[str, str]:
    """Give how each is called."""
    return {one["id"]: one["name"] for one in part.items}
