"""Counters of certified residents by village, kept with what was counted of each resident in one transaction.

    coverage          {_id: village, regions, certified}
    coverage_people   {_id: resident, region, edition, certified, sequence}     what of each resident is in the counters
    coverage_figures  {_id: village, population, smartphone_users, aged_18_to_65, sequence}
    coverage_days     {_id: "edition|code|day", edition, code, day, villages, certified, ...}     never changed afterwards

Towns and the county are added up when they are read: a county has a few hundred villages, and one counter for all of it
would make every certification wait for every other.
"""

from collections import Counter
from collections.abc import Iterator

from pymongo import ASCENDING, DESCENDING, IndexModel, UpdateOne
from pymongo.database import Database
from pymongo.errors import DuplicateKeyError

from services.chassis.copies import Copy
from services.chassis.following import Following
from services.chassis.moves import Follows, Move, Stays
from services.chassis.scope import path_of
from services.identity.coverage.model import FIGURES, Sum

TRIES = 5
VILLAGE_DIGITS = 12


class VillageFigures(Copy):
    """What villages tell of themselves, as their divisions' entries last said it."""

    collection = "coverage_figures"
    named_by = "code"
    becomes = Stays("its village tells them anew in the new edition")

    def known(self, event) -> dict:
        """Keep the figures that the board shows."""
        return {name: event.data.get(name) for name in FIGURES}


class CoverageStore(Following):
    """The counters, what they count, and their days."""

    collection = "coverage_people"

    becomes = Follows()

    def __init__(self, database: Database):
        self.client = database.client
        self.villages = database["coverage"]
        self.people = database["coverage_people"]
        self.figures = database[VillageFigures.collection]
        self.days = database["coverage_days"]

    def create_indexes(self) -> None:
        """Create the declared indexes."""
        by_code = [("regions", ASCENDING), ("_id", ASCENDING)]
        self.villages.create_indexes([IndexModel(by_code, name="of_a_region")])
        by_village = [("region", ASCENDING), ("certified", ASCENDING)]
        self.people.create_indexes([IndexModel(by_village, name="of_a_village")])
        by_day = [("code", ASCENDING), ("edition", ASCENDING), ("day", DESCENDING), ("_id", DESCENDING)]
        self.days.create_indexes([IndexModel(by_day, name="of_a_region_in_an_edition")])

    def know(self, village: str) -> None:
        """Begin to count a village; again it changes nothing."""
        begun = {"regions": path_of(village), "certified": 0}
        self.villages.update_one({"_id": village}, {"$setOnInsert": begun}, upsert=True)

    def count(
        self, resident_id: str, sequence: int, village: str, certified: bool, edition: str = ""
    ) -> None:
        """Count a resident as the event of this sequence says; an older or repeated one changes nothing."""
        now = {"region": village, "edition": edition, "certified": certified, "sequence": sequence}

        def counted(session) -> None:
            before = self.people.find_one({"_id": resident_id}, session=session)
            if before and before["sequence"] >= sequence:
                return
            self.people.replace_one({"_id": resident_id}, now, upsert=True, session=session)
            change = Counter({village: int(certified)})
            if before:
                change[before["region"]] -= int(before["certified"])
            # always in the same order: two that move each other's way would wait for each other
            for code in sorted(change):
                self._add(code, change[code], session)

        self._at_once(counted)

    def follow(self, move: Move) -> int:
        """Count the residents of a division that moved where they belong now; repeatable."""
        here = {"region": move.code, "edition": {"$not": {"$gt": move.earlier}}}
        to = {"$set": {"region": move.goes_to, "edition": move.later}}
        moved = self.people.update_many(here, to).modified_count
        for code in (move.code, move.goes_to):
            self.settle(code)
        return moved

    def belonging(self, codes: list[str]) -> int:
        """Count the residents of these divisions who are in the counters."""
        return self.people.count_documents({"region": {"$in": codes}})

    def forget(self, county: str, villages: list[str]) -> None:
        """Take off the board what is none of the county's villages any more and counts nobody."""
        gone = {"regions": county, "_id": {"$nin": [county, *villages]}, "certified": 0}
        self.villages.delete_many(gone)

    def settle(self, village: str) -> int:
        """Set a village's counter to what was counted of its residents; gives by how much it was wrong."""

        def settled(session) -> int:
            counted = self.people.count_documents({"region": village, "certified": True}, session=session)
            found = self.villages.find_one({"_id": village}, session=session) or {"certified": 0}
            # also where it is right: who counts meanwhile writes the same document and is made to look again
            self._add(village, counted - found["certified"], session)
            return counted - found["certified"]

        return self._at_once(settled)

    def sequences(self, ids: list[str]) -> dict[str, int]:
        """Give up to which event these residents are counted."""
        found = self.people.find({"_id": {"$in": ids}}, {"sequence": 1})
        return {one["_id"]: one["sequence"] for one in found}

    def certified(self, region: str) -> int:
        """Give how many residents of a division are certified."""
        return sum(one["certified"] for one in self.villages.find({"regions": region}, {"certified": 1}))

    def sums(self, digits: int, within: str | None = None, after: str = "") -> list[Sum]:
        """Give the figures of all divisions with codes of so many digits, by code: `within` one, `after` another."""
        where: dict = {"regions": within} if within else {}
        if after or not within:
            where["_id"] = {"$gt": after.ljust(VILLAGE_DIGITS, "9") if after else ""}
        sums: dict[str, Sum] = {}
        for village, told in self._villages(where):
            if digits > len(village["_id"]):
                continue  # who waits at the county to be placed belongs to none of its parts yet
            code = village["_id"][:digits]
            one = sums.setdefault(code, Sum(code))
            one.add(village["certified"], told, is_village=len(village["_id"]) == VILLAGE_DIGITS)
        return list(sums.values())

    def keep_day(self, day: str, rows: list[dict]) -> None:
        """Keep the figures of many divisions, each with its edition, as those of a day; a later look on the same day takes their place."""
        if rows:
            self.days.bulk_write(
                [
                    UpdateOne(
                        {"_id": f"{one['edition']}|{one['code']}|{day}"},
                        {"$set": {**one, "day": day}},
                        upsert=True,
                    )
                    for one in rows
                ]
            )

    def _villages(self, where: dict) -> Iterator[tuple[dict, dict]]:
        villages = list(self.villages.find(where).sort("_id", ASCENDING))
        ids = [one["_id"] for one in villages]
        told = {one["_id"]: one for one in self.figures.find({"_id": {"$in": ids}})} if ids else {}
        return ((one, told.get(one["_id"], {})) for one in villages)

    def _add(self, village: str, change: int, session) -> None:
        begun = {"$setOnInsert": {"regions": path_of(village)}, "$inc": {"certified": change}}
        self.villages.update_one({"_id": village}, begun, upsert=True, session=session)

    def _at_once(self, do, tries: int = TRIES):
        """Do it in one transaction; again where another one began the same document, which is there now."""
        try:
            with self.client.start_session() as session:
                return session.with_transaction(do)
        except DuplicateKeyError:
            if tries == 1:
                raise
            return self._at_once(do, tries - 1)
