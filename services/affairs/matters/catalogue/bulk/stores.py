"""Imports as documents; their lines and pieces as rows that carry no events. All of it goes by itself after a while."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime

from bson import Binary
from pymongo import ASCENDING, DESCENDING, IndexModel
from pymongo.database import Database

from services.affairs.matters.catalogue.bulk.batch import CHECKING, RECEIVING, MatterImport
from services.affairs.matters.catalogue.bulk.judging import WOULD_DRAFT
from services.chassis.core.scope import path_of
from services.civic.editions.code_crosswalk import Stays
from services.civic.privacy.personal_data import NothingOfAPerson
from services.civic.store import ClockedStore

FORGOTTEN = IndexModel([("forget_at", ASCENDING)], name="forgotten", expireAfterSeconds=0)
ON_THE_WAY = (RECEIVING, CHECKING)
AT_ONCE = 500


def _index(name: str, *fields: str) -> IndexModel:
    return IndexModel([(field, ASCENDING) for field in fields], name=name)


class MatterImportStore(ClockedStore[MatterImport]):
    """The imports' collection."""

    service = "affairs"
    collection = "matter_imports"
    becomes = Stays("a county's, which no edition switch moves")
    of_a_person = NothingOfAPerson("the office's files")
    aggregate = MatterImport
    noun = "matter_import"
    missing = "没有找到这次导入，可能已经过期，请重新导入。"
    indexes = (
        IndexModel(
            [("regions", ASCENDING), ("begun_at", DESCENDING), ("_id", DESCENDING)], name="of_a_region"
        ),
        _index("waiting_of_somebody", "by", "state"),
        FORGOTTEN,
    )

    def waiting_of(self, official: str, most: int) -> int:
        """Count the imports of an official whose files are being received or checked."""
        open_ones = {"by": official, "state": {"$in": list(ON_THE_WAY)}}
        return self.documents.count_documents(open_ones, limit=most)


class ImportLines:
    """What the report says: {_id: import|place, import_id, place, sheet, line, column, matter_id, name, outcome, text, by, at, changes, seen}."""

    collection = "matter_import_lines"
    becomes = Stays("a county's, which no edition switch moves")
    of_a_person = NothingOfAPerson("lines of the catalogue's tables, gone with their import")

    def __init__(self, database: Database):
        self.documents = database[self.collection]

    def put(self, one: MatterImport, lines: Iterable[dict]) -> None:
        """Write the report of an import anew: who begins again after a crash writes the same."""
        self.documents.delete_many({"import_id": one.id})
        whose = {
            "import_id": one.id,
            "region": one.region,
            "regions": path_of(one.region),
            "forget_at": one.forget_at,
        }
        rows = [
            {"_id": f"{one.id}|{number:06d}", **whose, **line, "place": number}
            for number, line in enumerate(lines)
        ]
        for at in range(0, len(rows), AT_ONCE):
            self.documents.insert_many(rows[at : at + AT_ONCE], ordered=False)

    def to_draft(self, import_id: str) -> Iterator[dict]:
        """Give the lines that are to become drafts, in the file's order."""
        where = {"import_id": import_id, "outcome": WOULD_DRAFT}
        return iter(self.documents.find(where).sort([("place", 1), ("_id", 1)]).batch_size(50))

    def becomes_of(self, line: dict, outcome: str, said: dict) -> None:
        """Write down what became of a line; its change is not needed any more."""
        self.documents.update_one(
            {"_id": line["_id"]}, {"$set": {"outcome": outcome, **said}, "$unset": {"changes": ""}}
        )

    def counts(self, import_id: str) -> Counter:
        """Count the outcomes; a cell that is to be mended stands under its matter and is none of its own."""
        where = {"import_id": import_id, "counted": True}
        return Counter(one["outcome"] for one in self.documents.find(where, {"outcome": 1}))

    def create_indexes(self) -> None:
        """Create the indexes of the report and the one that forgets."""
        self.documents.create_indexes(
            [
                _index("report", "import_id", "place", "_id"),
                _index("report_of_an_outcome", "import_id", "outcome", "place", "_id"),
                _index("counted", "import_id", "counted", "outcome"),
                FORGOTTEN,
            ]
        )


class SheetPieces:
    """Pieces of spreadsheets until they are read: {_id: import|number, piece}."""

    collection = "matter_import_pieces"
    becomes = Stays("it holds no region")
    of_a_person = NothingOfAPerson("the catalogue's tables until they are read")

    def __init__(self, database: Database):
        self.documents = database[self.collection]

    def put(self, import_id: str, number: int, piece: bytes, forget_at: datetime) -> None:
        """Keep a piece; the same again changes nothing."""
        kept = {"piece": Binary(piece), "forget_at": forget_at}
        self.documents.update_one({"_id": f"{import_id}|{number:04d}"}, {"$set": kept}, upsert=True)

    def numbers(self, import_id: str) -> list[int]:
        """Give the numbers of the pieces that are there, rising."""
        found = self.documents.find(_of(import_id), {"_id": 1}).sort("_id", 1)
        return [int(one["_id"].rpartition("|")[2]) for one in found]

    def of(self, import_id: str) -> Iterator[bytes]:
        """Give the pieces in order."""
        for row in self.documents.find(_of(import_id)).sort("_id", 1).batch_size(4):
            yield row["piece"]

    def forget(self, import_id: str) -> None:
        """Delete the pieces of an import."""
        self.documents.delete_many(_of(import_id))

    def create_indexes(self) -> None:
        """Create the index that forgets."""
        self.documents.create_indexes([FORGOTTEN])


def _of(import_id: str) -> dict:
    # "}" is the character after "|"
    return {"_id": {"$gt": f"{import_id}|", "$lt": f"{import_id}" + "}"}}
