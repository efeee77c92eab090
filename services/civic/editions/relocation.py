"""How a service's documents follow the divisions of a county that switches to a later edition: each store says what becomes of its
regions, and one way in moves them all.

class ListingStore(RegionalStore[Listing]):
    becomes = Follows(person="seller_id")

The aggregate of a store that follows has `edition` and `formerly`: whoever makes one says in which edition its region is read,
or the next edition switch would take it for an older one.
"""

from collections.abc import Callable
from functools import partial
from typing import ClassVar

from pymongo import ASCENDING, IndexModel
from pymongo.collection import Collection
from pymongo.database import Database

from services.chassis.core.scope import path_of
from services.civic.editions.code_crosswalk import (
    COUNTY_DIGITS,
    CodeCrosswalk,
    CrosswalkEntry,
    Follows,
    Stays,
    follow,
)


class Relocation:
    """What a store that declares `becomes` can do with it; `documents` is its collection."""

    collection: ClassVar[str]
    becomes: ClassVar[Follows | Stays]
    counted: ClassVar[bool] = True
    documents: Collection
    indexes: ClassVar[tuple[IndexModel, ...]]

    def follow(self, move: CrosswalkEntry) -> int:
        """Let everything of a division that moved follow it; gives how many did. Repeatable, and goes on where it was cut off."""
        return follow(self.documents, move)

    def place(self, person: str, village: str, edition: str) -> None:
        """Let what waits at the county since its village was split follow the person to a part of it; repeatable."""
        if isinstance(self.becomes, Follows) and self.becomes.person:
            place(self.documents, {self.becomes.person: person}, village, edition)

    def belonging(self, codes: list[str]) -> int:
        """Count what belongs to exactly these divisions, whatever its state."""
        return self.documents.count_documents({"regions": {"$in": codes}, "region": {"$in": codes}})

    def more_indexes(self) -> list[IndexModel]:
        """The index that finds what belongs to a division, unless one of the declared ones does."""
        led = any(next(iter(index.document["key"])) == "regions" for index in self.indexes)
        declared = getattr(self, "becomes", None)
        if led or not isinstance(declared, Follows):
            return []
        return [IndexModel([("regions", ASCENDING)], name="following")]


def place(documents: Collection, whose: dict, region: str, edition: str) -> None:
    """Let what is at the county go to one part of a division that was split."""
    here = {**whose, "region": region[:COUNTY_DIGITS]}
    to = {"region": region, "regions": path_of(region), "edition": edition}
    documents.update_many(here, {"$set": to, "$inc": {"version": 1}})


class RelocatedStores:
    """Everything of a service that follows."""

    def __init__(self, stores: tuple[Callable[[Database], Relocation], ...], database: Database):
        self.stores, self._moves = [store(database) for store in stores], CodeCrosswalk(database)

    @classmethod
    def of(cls, *stores: Callable[[Database], Relocation]) -> Callable[[Database], "RelocatedStores"]:
        """Make what makes it, for `Provided`."""
        return partial(cls, stores)

    def follow(self, move: CrosswalkEntry) -> None:
        """Let everything follow one division."""
        for store in self.stores:
            store.follow(move)

    def place(self, person: str, village: str, edition: str) -> None:
        """Let everything that hangs on a resident follow to the part of the split village where the county placed them.

        Heard late, after a further switch, it goes to what that part has become.
        """
        here = self._moves.now(village, edition)
        for store in self.stores:
            store.place(person, *here)

    def counted(self, codes: list[str]) -> dict[str, int]:
        """Count what belongs to exactly these divisions, by collection."""
        return {store.collection: store.belonging(codes) for store in self.stores if store.counted}
