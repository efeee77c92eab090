"""What each read asks of the database, said once: an awaiting and a blocking peer ask the same."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from benchmarks.requests.peers import dumps
from services.chassis.core.scope import scope_filter
from services.chassis.storage.chinese_text import normal
from services.chassis.storage.ngram_search import FIELDS, matching, words_of
from services.civic.actor import CivicActor
from services.identity.divisions.regions.source import COUNTY

UNREAD = ("outbox", "requests", "pending_since")
OFFICIALS = ("clerk", "village_administrator", "town_administrator", "county_administrator")
LATEST = 5
"""Rows of each part of a page."""


@dataclass(frozen=True)
class One:
    """One document and what its answer is made by."""

    service: str
    collection: str
    where: dict
    give: Callable[[dict], Any]
    leave_out: tuple[str, ...] = UNREAD

    def answer(self, document: dict | None) -> dict | None:
        """Give the answer, None where there is no such document in the caller's scope."""
        return None if document is None else self.give(document)


@dataclass(frozen=True)
class Many(One):
    """A page of documents in the order of an index."""

    order: tuple[str, int] = ("_id", 1)
    limit: int = 20
    first: Callable[[dict], bool] | None = None

    @property
    def sort(self) -> list[tuple[str, int]]:
        """Give the whole order."""
        return [self.order, ("_id", self.order[1])]

    def page(self, found: list[dict]) -> dict:
        """Give {items, next} of `limit` + 1 documents."""
        shown = found[: self.limit]
        after = dumps.cursor(shown[-1], self.order[0]) if len(found) > self.limit else None
        if self.first:
            shown = sorted(shown, key=lambda document: not self.first(document))
        return {"items": [self.give(document) for document in shown], "next": after}


def application(actor: CivicActor, id: str) -> One:
    """The resident's own application."""
    return One("affairs", "applications", {"_id": id, "applicant_id": actor.id}, dumps.application)


def waiting(actor: CivicActor, limit: int) -> Many:
    """The applications that wait in the official's regions, oldest first."""
    where = {**scope_filter(actor, *OFFICIALS), "state": "submitted"}
    unshown = (*UNREAD, "required", "materials", "notice", "steps")
    order = ("submitted_at", 1)
    return Many("affairs", "applications", where, dumps.application_row, unshown, order, limit)


def matters(text: str, limit: int) -> Many:
    """The open matters that hold every word, closest first."""
    where = {"state": "open", **matching(words_of(text))}
    asked = normal(text)
    leads = lambda document: normal(document["name"]).startswith(asked)  # noqa: E731
    order = ("name_length", 1)
    return Many("affairs", "matters", where, dumps.matter, (*UNREAD, *FIELDS), order, limit, leads)


def listing(id: str) -> One:
    """A listing on sale."""
    where = {"_id": id, "state": "endorsed"}
    return One("market", "listings", where, dumps.listing_on_sale, (*UNREAD, *FIELDS, "holds"))


def resident(actor: CivicActor) -> One:
    """The resident's own entry, as the start page greets them."""
    return One("identity", "residents", {"_id": actor.id}, dumps.resident)


def region(code: str) -> One:
    """A division, for its name."""
    return One("identity", "regions", {"region": code, "edition": COUNTY["edition"]}, dumps.region)


def overview(actor: CivicActor) -> dict[str, dict[str, One]]:
    """The parts of a resident's page, by service."""
    own, latest = actor.id, LATEST
    unread = {"person": own, "read_at": None}
    unshown = (*UNREAD, "required", "materials", "notice", "steps")
    found = {
        "identity": {
            "notices": Many("identity", "notices", unread, dumps.notice, UNREAD, ("created_at", -1), latest),
        },
        "affairs": {
            "applications": Many(
                "affairs", "applications", {"applicant_id": own}, dumps.application_row, unshown,
                ("submitted_at", -1), latest,
            ),
        },
        "market": {
            "orders": Many("market", "orders", {"buyer_id": own}, dumps.order, UNREAD, ("created_at", -1), latest),
        },
        "integrity": {
            "categories": Many(
                "integrity", "categories", {"parent": None}, dumps.category, FIELDS, ("order", 1), 20
            ),
        },
    }  # fmt: skip
    return found
