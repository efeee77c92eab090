"""What officials are called: who has something in hand stands in lists by number, people know names."""

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


def in_office(visit: PageVisit) -> PagePart:
    """Ask for the officials whom the visitor may look up: administrators those of their regions, the committee its own."""
    read = Read("GET /officials", lambda _visit: {"limit": 100})
    return asked_after(visit, officials=read)["officials"]


def names(part: PagePart) -> dict[str, str]:
    """Give how each is called."""
    return {one["id"]: one["name"] for one in part.items}


def names_and_logins(part: PagePart) -> dict[str, str]:
    """Give how each of a list with masked names is told apart."""
    return {one["id"]: f"{one['name']}（{one['login']}）" for one in part.items}
