"""What the regions of a list are called: the API gives codes, people know names."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from flask import current_app

from gateway.web.declarations import Given, Read

if TYPE_CHECKING:
    from gateway.web.asking import PagePart
    from gateway.web.visit import PageVisit

REGION = "GET /regions/{code}"


def names(visit: PageVisit, codes: Iterable[str | None]) -> dict[str, str]:
    """Give the name of each code, from memory where it is there; a code of which nothing is known stands for itself."""
    wanted = sorted({code for code in codes if code})
    reads = {code: Read(REGION, _of(code), optional=True) for code in wanted}
    found = current_app.extensions["web"].asking.parts(visit, reads)
    return {code: found[code].value["short_name"] if found[code] else code for code in wanted}


def _of(code: str) -> Given:
    return lambda _visit: {"code": code}


def of_rows(visit: PageVisit, *parts: PagePart) -> dict:
    """Give the names of the regions in the rows of lists, as templates take them."""
    return {"places": names(visit, (row.get("region") for part in parts for row in part.items))}


def own(visit: PageVisit, *roles: str) -> str:
    """Give the region in which an official holds one of these roles, the first one that is there; "" where there is none."""
    return next((one.region for one in visit.actor.roles if not roles or one.name in roles), "")
