"""Counters of certified residents by village, kept with what was counted of each resident in one transaction.

    coverage          {_id: village, regions, certified, figures: {population, smartphone_users, aged_18_to_65}, edition, sequence}
    coverage_people   {_id: resident, region, edition, certified, sequence}     what of each resident is in the counters
    coverage_days     {_id: "edition|code|day", edition, code, day, villages, certified, ...}     never changed afterwards

A village's figures are its division's own: the copy here is of the entry of `edition` as its event of `sequence` had it.

Towns and the county are added up when they are read: a county has a few hundred villages, and one counter for all of it
would make every certification wait for every other.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from typing import TypeVar

from pymongo import ASCENDING, DESCENDING, IndexModel, ReplaceOne, UpdateOne
from pymongo.client_session import ClientSession
from pymongo.database import Database
from pymongo.errors import BulkWriteError, DuplicateKeyError

from services.chassis.core.scope import path_of
from services.chassis.storage.store import DUPLICATE
from services.civic.editions.code_crosswalk import CrosswalkEntry, Follows
from services.civic.editions.relocation import Relocation
from services.civic.privacy.personal_data import ErasedByListener, PersonalData
from services.identity.people.coverage.model import CountedResident, Sum, figures_of

R = TypeVar("R")
TRIES = 5
VILLAGE_DIGITS = 12


class CoverageStore(Relocation):
    """The counters, what they count, and their days."""

    collection = "coverage_people"

    becomes = Follows()
    of_a_person = PersonalData(
        not_shown="counts, and for them a copy of village and whether certified, which the residents' section shows",
        erased="counted no more; a village under an id that names nobody",
        erase=ErasedByListener("coverage"),
        stays=("_id",),
    )

    def __init__(self, database: Database):
        self.client = database.client
        self.villages = database["coverage"]
        self.people = database["coverage_people"]
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

    def count(self, residents: list[CountedResident]) -> None:
        """Count residents, each another one, as the event of each sequence says; older or repeated ones change nothing."""

        def counted(session: ClientSession) -> None:
            found = self.people.find({"_id": {"$in": [one.id for one in residents]}}, session=session)
            before = {one["_id"]: one for one in found}
            news = [
                one for one in residents if one.id not in before or before[one.id]["sequence"] < one.sequence
            ]
            if not news:
                return
            self.people.bulk_write(
                [ReplaceOne({"_id": one.id}, one.document, upsert=True) for one in news], session=session
            )
            change: Counter[str] = Counter()
            for one in news:
                change[one.village] += int(one.certified)
                if one.id in before:
                    change[before[one.id]["region"]] -= int(before[one.id]["certified"])
            self._add(change, session)

        self._at_once(counted)

    def follow(self, move: CrosswalkEntry) -> int:
        """Count the residents of a division that moved where they belong now; repeatable."""
        if len(move.code) != VILLAGE_DIGITS:
            return 0  # towns and the county are sums
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

    def put_figures(
        self, village: str, edition: str, sequence: int, entry: dict, again: bool = False
    ) -> None:
        """Keep the figures of the entry of an edition at a sequence; older and repeated ones change nothing.

        With `again` those of the same sequence are written once more.
        """
        older = {"edition": edition, "sequence": {"$lte" if again else "$lt": sequence}}
        where = {"$or": [{"edition": None}, {"edition": {"$lt": edition}}, older]}
        known = {"figures": figures_of(entry), "edition": edition, "sequence": sequence}
        begun = {"regions": path_of(village), "certified": 0}
        try:
            self.villages.update_one(
                {"_id": village, **where}, {"$set": known, "$setOnInsert": begun}, upsert=True
            )
        except DuplicateKeyError:
            return  # something newer was kept before: the upsert met its document

    def clear_figures(self, county: str, edition: str, kept: list[str]) -> None:
        """Take away the figures of villages of a county that are not in its edition any more: others have them now."""
        gone = {"regions": county, "_id": {"$nin": kept}, "edition": {"$lt": edition}}
        self.villages.update_many(gone, {"$set": {"figures": {}}})

    def figures(self) -> dict[str, dict]:
        """What is kept of each village's figures, where there is something."""
        found = self.villages.find({}, {"figures": 1})
        return {one["_id"]: one["figures"] for one in found if one.get("figures")}

    def days_of(self, edition: str, codes: list[str], day: str) -> dict[str, dict]:
        """Load the kept figures of divisions of an edition at the end of a day."""
        found = self.days.find({"_id": {"$in": [f"{edition}|{code}|{day}" for code in codes]}})
        return {one["code"]: one for one in found}

    def settle(self, village: str) -> int:
        """Set a village's counter to what was counted of its residents; gives by how much it was wrong."""

        def settled(session: ClientSession) -> int:
            counted = self.people.count_documents({"region": village, "certified": True}, session=session)
            found = self.villages.find_one({"_id": village}, session=session) or {"certified": 0}
            # also where it is right: who counts meanwhile writes the same document and is made to look again
            self._add({village: counted - found["certified"]}, session)
            return counted - found["certified"]

        return self._at_once(settled)

    def sequences(self, ids: list[str]) -> dict[str, int]:
        """Find up to which event these residents are counted."""
        found = self.people.find({"_id": {"$in": ids}}, {"sequence": 1})
        return {one["_id"]: one["sequence"] for one in found}

    def certified(self, region: str) -> int:
        """Count how many residents of a division are certified."""
        return sum(one["certified"] for one in self.villages.find({"regions": region}, {"certified": 1}))

    def sums(self, digits: int, within: str | None = None, after: str = "") -> list[Sum]:
        """Add up the figures of all divisions with codes of so many digits, by code: `within` one, `after` another."""
        where: dict = {"regions": within} if within else {}
        if after or not within:
            where["_id"] = {"$gt": after.ljust(VILLAGE_DIGITS, "9") if after else ""}
        sums: dict[str, Sum] = {}
        for village in self.villages.find(where).sort("_id", ASCENDING):
            if digits > len(village["_id"]):
                continue  # who waits at the county to be placed belongs to none of its parts yet
            code = village["_id"][:digits]
            one = sums.setdefault(code, Sum(code))
            is_village = len(village["_id"]) == VILLAGE_DIGITS
            one.add(village["certified"], village.get("figures", {}), is_village)
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

    def _add(self, change: Mapping[str, int], session: ClientSession) -> None:
        """Change the villages' counters, always in the same order: two that move each other's way would wait for each other."""
        self.villages.bulk_write(
            [
                UpdateOne(
                    {"_id": code},
                    {"$setOnInsert": {"regions": path_of(code)}, "$inc": {"certified": change[code]}},
                    upsert=True,
                )
                for code in sorted(change)
            ],
            session=session,
        )

    def _at_once(self, do: Callable[[ClientSession], R], tries: int = TRIES) -> R:
        """Do it in one transaction; again where another one began the same document, which is there now."""
        try:
            with self.client.start_session() as session:
                return session.with_transaction(do)
        except BulkWriteError as error:
            if tries == 1 or {one["code"] for one in (error.details or {}).get("writeErrors", ())} != {
                DUPLICATE
            }:
                raise
            return self._at_once(do, tries - 1)
