"""What became of a division's code when its county switched to a later edition, and how documents follow it.

A code may name another place in a later edition, so nothing follows by its code alone: a document belongs to `region` in
`edition`, and one without an edition was written before editions were kept. `formerly` says where it was: [{edition, code}].
"""

from dataclasses import dataclass
from typing import ClassVar

from pymongo import ASCENDING, IndexModel
from pymongo.collection import Collection

from services.chassis.core.scope import path_of
from services.chassis.events.event import Envelope
from services.chassis.storage.projection import Projection
from services.civic.privacy.personal_data import NothingOfAPerson

BATCH = 500
COUNTY_DIGITS = 6


@dataclass(frozen=True)
class Follows:
    """It goes where its division went; after a split it waits at the county until the resident whom `person` names is placed.

    Where no person is named it waits for a decision of its own, or stays with the county.
    """

    person: str = ""


@dataclass(frozen=True)
class Stays:
    """No edition switch changes it, and why."""

    why: str


@dataclass(frozen=True)
class CrosswalkEntry:
    """What a code of the edition `earlier` became in `later`; several codes where it was split."""

    code: str
    earlier: str
    later: str
    new: tuple[str, ...]

    @property
    def goes_to(self) -> str:
        """Where everything follows to: after a split to the county, until somebody places each."""
        return self.new[0] if len(self.new) == 1 else self.code[:COUNTY_DIGITS]


def still_there(move: CrosswalkEntry) -> dict:
    """Filter what still belongs to the code in its earlier edition, and never of what came to it since."""
    return {"regions": move.code, "region": move.code, "edition": {"$not": {"$gt": move.earlier}}}


def follow(documents: Collection, move: CrosswalkEntry, more: dict | None = None, leaves: bool = True) -> int:
    """Let a collection's documents follow a move, in batches; gives how many did. Repeatable, and goes on where it was cut off.

    The version moves, so that whoever has read one before saves nothing over it. `more` sets further fields. What `leaves`
    is found in its new `regions` only, other things in those of before as well.
    """
    here, moved = still_there(move), 0
    to, path = {"region": move.goes_to, "edition": move.later, **(more or {})}, path_of(move.goes_to)
    was = {"formerly": {"edition": move.earlier, "code": move.code}}
    change = {"$set": to, "$push": was, "$inc": {"version": 1}}
    if leaves:
        to["regions"] = path
    else:
        change["$addToSet"] = {"regions": {"$each": path}}
    while ids := [found["_id"] for found in documents.find(here, {"_id": 1}).limit(BATCH)]:
        moved += documents.update_many({**here, "_id": {"$in": ids}}, change).modified_count
    return moved


class CodeCrosswalk(Projection):
    """A service's copy of all moves: {_id: earlier-code, code, earlier, later, new, adoption, sequence}."""

    collection = "moves"
    becomes = Stays("it says itself what became of a code")
    of_a_person = NothingOfAPerson("divisions")
    indexes: ClassVar[tuple[IndexModel, ...]] = (
        IndexModel([("code", ASCENDING), ("earlier", ASCENDING)], name="of_a_code"),
        IndexModel([("adoption", ASCENDING)], name="of_an_adoption"),
    )

    def heard(self, event: Envelope) -> CrosswalkEntry:
        """Keep what identity.region.moved says, and give it."""
        data = event.data
        move = CrosswalkEntry(data["code"], data["earlier"], data["later"], tuple(data["new"]))
        self.keep(move, data["adoption_id"], event.sequence)
        return move

    def keep(self, move: CrosswalkEntry, adoption: str, sequence: int = 1) -> None:
        """Keep one move; again it changes nothing."""
        known = {name: getattr(move, name) for name in ("code", "earlier", "later", "new")}
        self.learn(f"{move.earlier}-{move.code}", sequence, {**known, "adoption": adoption})

    def of_adoption(self, adoption: str) -> list[CrosswalkEntry]:
        """List the moves of one edition switch, as far as they were heard."""
        return [_move(found) for found in self.documents.find({"adoption": adoption})]

    def now(self, region: str, edition: str) -> tuple[str, str]:
        """What a code of an edition is now, as (region, edition); of a split one the county."""
        codes, edition = self.parts(region, edition)
        return codes[0] if len(codes) == 1 else region[:COUNTY_DIGITS], edition

    def now_all(self, places: set[tuple[str, str]]) -> dict[tuple[str, str], tuple[str, str]]:
        """What many codes are now: only those that ever moved are asked for one by one."""
        moved = self.documents.distinct("code", {"code": {"$in": sorted({region for region, _ in places})}})
        return {place: self.now(*place) if place[0] in moved else place for place in places}

    def today(self, region: str, edition: str) -> set[str]:
        """All that a code of an edition is now; where a part was split again, the parts of that."""
        codes, edition = self.parts(region, edition)
        return set(codes) if len(codes) == 1 else set().union(*(self.today(one, edition) for one in codes))

    def parts(self, region: str, edition: str) -> tuple[tuple[str, ...], str]:
        """All that a code of an edition is now, as (codes, edition): several where it was split.

        The first move from this edition on counts: until then the code went on to mean the same.
        """
        codes: tuple[str, ...] = (region,)
        here = {"code": region, "earlier": {"$gte": edition}}
        while len(codes) == 1 and (found := self.documents.find_one(here, sort=[("earlier", ASCENDING)])):
            move = _move(found)
            codes, edition = move.new, move.later
            here = {"code": codes[0], "earlier": {"$gte": edition}}
        return codes, edition


def _move(known: dict) -> CrosswalkEntry:
    return CrosswalkEntry(known["code"], known["earlier"], known["later"], tuple(known["new"]))
