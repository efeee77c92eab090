"""By which phone one's own village is reached: it stands at the foot of every page of somebody who is signed in.

Asked for beside a page's own parts, in the same round, and then kept for a while: no page waits for it twice.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from gateway.web.declarations import Read

if TYPE_CHECKING:
    from gateway.web.asking import PagePart
    from gateway.web.visit import PageVisit

PART = "own_contacts"
READ = {PART: Read("GET /contacts/mine", optional=True)}
MOST, SECONDS = 10_000, 300.0
TOLD_TO = ("resident", "official")


class OwnContacts:
    """What was told to whom lately, by the person's id."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[float, list[dict]]] = {}

    def read_for(self, visit: PageVisit) -> dict[str, Read]:
        """Give what has to be asked beside the page's parts; nothing where it is known, or nobody is signed in."""
        if visit.actor.kind not in TOLD_TO or self._fresh(visit.actor.id) is not None:
            return {}
        return READ

    def told(self, visit: PageVisit, part: PagePart | None) -> list[dict]:
        """Give the contacts of the own village and town, the village first; none where they cannot be had just now."""
        if part:
            if len(self._known) >= MOST:
                self._known.clear()
            self._known[visit.actor.id] = (time.monotonic() + SECONDS, part.items)
        return self._fresh(visit.actor.id) or []

    def _fresh(self, person: str) -> list[dict] | None:
        until, found = self._known.get(person, (0.0, []))
        return found if until > time.monotonic() else None
