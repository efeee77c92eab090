"""Imports and registers as documents; entries and refusals as rows of an import, which carry no events."""

from collections.abc import Iterator
from datetime import datetime

from bson import Binary
from pymongo import ASCENDING, DESCENDING, IndexModel, UpdateOne
from pymongo.database import Database
from pymongo.errors import BulkWriteError

from services.chassis.core.errors import VersionConflict
from services.chassis.core.scope import path_of
from services.chassis.storage.database import ServiceDatabase
from services.chassis.storage.faults import only_duplicates
from services.civic.editions.code_crosswalk import Stays
from services.civic.privacy.personal_data import NothingOfAPerson
from services.civic.store import RegionalStore
from services.identity.people.register.lines import Refusal, RegisterEntry
from services.identity.people.register.model import Import, Register


class ImportStore(RegionalStore[Import]):
    """The imports' collection."""

    service = "identity"
    collection = "register_imports"
    becomes = Stays("a county's, which no edition switch moves")
    of_a_person = NothingOfAPerson("the county's files")
    aggregate = Import
    noun = "register_import"
    missing = "没有找到这次导入，请核对编号。"
    indexes = (
        IndexModel(
            [("open_key", ASCENDING)],
            name="one_import_of_one_file",
            unique=True,
            partialFilterExpression={"open_key": {"$gt": ""}},
        ),
        IndexModel(
            [("regions", ASCENDING), ("opened_at", DESCENDING), ("_id", DESCENDING)], name="of_a_county"
        ),
        IndexModel([("drop_after", ASCENDING)], name="to_drop"),
        IndexModel([("read_after", ASCENDING)], name="to_read"),
    )

    def conflict(self, index: str) -> VersionConflict:
        """Somebody opened the same file at this moment: run again, it is found."""
        return VersionConflict("register_import.open_already", "这个文件正在导入，请刷新后继续。")

    def find_open(self, open_key: str) -> Import | None:
        """Find the import of a file that is not dropped."""
        found = self.documents.find_one({"open_key": open_key}, {"outbox": 0, "requests": 0})
        return found and self.from_document(found)

    def edition_of(self, id: str) -> str:
        """The edition in which an import's codes are read, "" where it is not known."""
        found = self.documents.find_one({"_id": id}, {"edition": 1})
        return (found or {}).get("edition", "")

    def to_drop(self, now: datetime, most: int) -> list[str]:
        """Find the ids of those that the clock must look at."""
        return self._due("drop_after", now, most)

    def to_read(self, now: datetime, most: int) -> list[str]:
        """Find the ids of whole workbooks that nobody reads."""
        return self._due("read_after", now, most)

    def _due(self, when: str, now: datetime, most: int) -> list[str]:
        found = self.documents.find({when: {"$lte": now}}, {"_id": 1}).sort(when, 1)
        return [one["_id"] for one in found.limit(most)]


class RegisterStore(RegionalStore[Register]):
    """The registers' collection; the id is the county's code."""

    service = "identity"
    collection = "registers"
    becomes = Stays("a county's, which no edition switch moves")
    of_a_person = NothingOfAPerson("which file is used")
    aggregate = Register
    noun = "register"
    missing = "本县还没有导入户籍登记，请先上传登记文件。"

    def conflict(self, index: str) -> VersionConflict:
        """Somebody brought the first one into use at this moment: run again."""
        return VersionConflict("register.used_meanwhile", "刚才有人启用了户籍登记，请刷新后再试。")

    def in_use(self, county: str) -> str | None:
        """Find the import that is in use."""
        found = self.documents.find_one({"_id": county}, {"import_id": 1})
        return found and found["import_id"]


class Entries:
    """The entries of all imports: {_id: import|hash of the ID number, line, name_hash, village}."""

    collection = "register_entries"
    becomes = Stays("a village is read in the edition of its import")
    of_a_person = NothingOfAPerson(
        "keyed hashes of whole populations, which nobody can be found by without the number"
    )

    def __init__(self, database: Database):
        self.documents = database[self.collection]

    def put(self, import_id: str, entries: list[RegisterEntry]) -> list[RegisterEntry]:
        """Write entries; returns those whose ID number an earlier line has. The same part again changes nothing."""
        ids = {f"{import_id}|{one.id_hash}": one for one in reversed(entries)}
        first = [
            UpdateOne(
                {"_id": id},
                {"$setOnInsert": {"line": one.line, "name_hash": one.name_hash, "village": one.village}},
                upsert=True,
            )
            for id, one in ids.items()
        ]
        if not first:
            return []
        self.documents.bulk_write(first, ordered=False)
        found = self.documents.find({"_id": {"$in": list(ids)}}, {"line": 1})
        lines = {row["_id"]: row["line"] for row in found}
        return [one for one in entries if lines[f"{import_id}|{one.id_hash}"] != one.line]

    def find(self, import_id: str, id_hash: str) -> dict | None:
        """Find the entry of an ID number in an import."""
        return self.documents.find_one({"_id": f"{import_id}|{id_hash}"})

    def forget(self, import_id: str) -> None:
        """Delete all entries of an import."""
        self.documents.delete_many({"_id": _of(import_id)})


class FilePieces:
    """Pieces of files until they are read and compared with their hash: {_id: import|offset, piece (encrypted)}."""

    collection = "register_pieces"
    becomes = Stays("it holds no region")
    of_a_person = NothingOfAPerson(
        "a county's files, encrypted, gone when they are read, brought into use or dropped"
    )

    def __init__(self, database: ServiceDatabase):
        self.documents, self.vault = database[self.collection], database.vault

    def put(self, import_id: str, offset: int, piece: bytes) -> None:
        """Keep a piece; the same again changes nothing, and another one takes the place of one that was never counted."""
        kept = {"piece": self.vault.encrypt({"piece": Binary(piece)})}
        self.documents.update_one({"_id": f"{import_id}|{offset:09d}"}, {"$set": kept}, upsert=True)

    def of(self, import_id: str) -> Iterator[bytes]:
        """The pieces of an import, in the file's order."""
        for row in self.documents.find({"_id": _of(import_id)}).sort("_id", 1).batch_size(8):
            yield self.vault.decrypt(row["piece"])["piece"]

    def forget(self, import_id: str) -> None:
        """Delete all pieces of an import."""
        self.documents.delete_many({"_id": _of(import_id)})


class RegisterRefusals:
    """Lines that were refused: {_id: import|line, import_id, regions, line, what, masked}."""

    collection = "register_refusals"
    becomes = Stays("a county's, which no edition switch moves")
    of_a_person = NothingOfAPerson("lines with masked numbers that could not be read, gone with their import")

    def __init__(self, database: Database):
        self.documents = database[self.collection]

    def put(self, one: Import, refusals: list[Refusal]) -> None:
        """Write refusals; the same part again changes nothing.

        They are inserted, which costs a seventh of an upsert: a part of broken lines only may have 60,000.
        """
        whose = {"import_id": one.id, "regions": path_of(one.region)}
        rows = {f"{one.id}|{refusal.line:09d}": {**whose, **vars(refusal)} for refusal in refusals}
        if not rows:
            return
        there = self.documents.find({"_id": {"$gte": min(rows), "$lte": max(rows)}}, {"_id": 1})
        for known in there:
            rows.pop(known["_id"], None)
        fresh = [{"_id": id, **row} for id, row in rows.items()]
        try:
            if fresh:
                self.documents.insert_many(fresh, ordered=False)
        except BulkWriteError as error:
            if not only_duplicates(error):
                raise

    def forget(self, import_id: str) -> None:
        """Delete all refusals of an import."""
        self.documents.delete_many({"_id": _of(import_id)})

    def create_indexes(self) -> None:
        """Create the index of the report."""
        report = [("import_id", ASCENDING), ("line", ASCENDING), ("_id", ASCENDING)]
        self.documents.create_indexes([IndexModel(report, name="report")])


def _of(import_id: str) -> dict:
    # "}" is the character after "|"
    return {"$gt": f"{import_id}|", "$lt": f"{import_id}" + "}"}
