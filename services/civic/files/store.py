"""Files as documents, and their pieces, each sealed under its file's key.

    files        {_id, region, owner_id, purpose, subject, state, due, ..., sealed: encrypted {key}}
    file_pieces  {_id: file|variant|number, sealed: nonce + AES-256-GCM(piece), the _id as associated data}

A piece is written once and never changed, so that what was looked at is what is kept.
"""

import os
from collections.abc import Iterator
from datetime import UTC, datetime

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pymongo import ASCENDING, DESCENDING, IndexModel
from pymongo.database import Database
from pymongo.errors import DuplicateKeyError

from services.chassis.core.errors import Conflict, NotFound
from services.civic.editions.code_crosswalk import Stays
from services.civic.files.model import PIECE_BYTES, StoredFile
from services.civic.privacy.personal_data import ExportSection, NothingOfAPerson, PersonalData, forgotten
from services.civic.store import ClockedStore

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
ASKED = {"scan_at": {"$type": "date"}}
"""Files about which a scanner has to be asked, or a subject told."""

IN_CHECKING = {"state": "checking"}
NONCE = 12
AT_ONCE = 100


def new_key() -> bytes:
    """Make the key of one file: 256 bits."""
    return AESGCM.generate_key(256)


class FileStore(ClockedStore[StoredFile]):
    """The files' collection, one of each service that has files (`store_of`)."""

    collection = "files"
    aggregate = StoredFile
    noun = "file"
    missing = "没有找到这个文件，可能已经删除，请刷新后再看。"
    personal = ("key",)
    becomes = Stays("found by what it is for, which follows by itself")
    of_a_person = PersonalData(
        (
            ExportSection(
                "上传的文件",
                "owner_id",
                "begun_at",
                {
                    "id": "文件编号", "purpose": "用途", "state": "状态", "type": "类型", "size": "字节数",
                    "begun_at": "上传时间", "address": "下载地址",
                },
            ),
        ),
        erased="gone: first the key without which nothing of them can be read, then the rest",
        erase=forgotten,
    )  # fmt: skip
    indexes = (
        IndexModel(
            [("owner_id", ASCENDING), ("begun_at", DESCENDING), ("_id", DESCENDING)], name="of_a_person"
        ),
        IndexModel(
            [("owner_id", ASCENDING), ("state", ASCENDING), ("_id", ASCENDING)], name="of_a_person_in_a_state"
        ),
        IndexModel(
            [("scan_at", ASCENDING), ("_id", ASCENDING)], name="to_scan", partialFilterExpression=ASKED
        ),
        IndexModel([("checking_since", ASCENDING)], name="in_checking", partialFilterExpression=IN_CHECKING),
    )

    def open_of(self, owner_id: str) -> list[tuple[datetime, str]]:
        """List the files of a person that are being received, each by when it was begun and its id."""
        found = self.documents.find({"owner_id": owner_id, "state": "receiving"}, {"begun_at": 1})
        return [(one["begun_at"], one["_id"]) for one in found.limit(AT_ONCE)]

    def look_at(self, id: str, when: datetime | None, seen: datetime | None = None) -> bool:
        """Let the clock look at a file then, or never; the version moves, so that nobody saves over it. False where nothing of it can be read.

        With `seen` only where nobody has said another time since.
        """
        there = {"_id": id, "state": {"$ne": "refused"}, **({"due": seen} if seen else {})}
        change = {"$set": {"due": when}, "$inc": {"version": 1}}
        return self.documents.update_one(there, change).matched_count == 1

    def to_scan(self, now: datetime, most: int) -> list[tuple[str, datetime]]:
        """List what the scanner has to be asked about, or a subject told, each by its id and since when; longest waiting first."""
        due = {"scan_at": {"$type": "date", "$lte": now}}
        found = self.documents.find(due, {"scan_at": 1}).sort([("scan_at", 1), ("_id", 1)]).limit(most)
        return [(one["_id"], one["scan_at"]) for one in found]

    def lease(self, id: str, seen: datetime, until: datetime) -> bool:
        """Take a file that waited since `seen` for oneself, until then; False where another checker was faster."""
        taken = {"$set": {"scan_at": until}, "$inc": {"scan_tries": 1, "version": 1}}
        return self.documents.update_one({"_id": id, "scan_at": seen}, taken).matched_count == 1

    def judge(self, id: str, infected: bool, now: datetime) -> bool:
        """Write down what the scanner said: the first word counts. Of what is infected the key is forgotten in the same write."""
        gone = {"sealed": None, "key": None} if infected else {}
        said = {**gone, "state": "infected" if infected else "kept", "scan_at": now}
        change = {"$set": said, "$inc": {"version": 1}}
        return self.documents.update_one({"_id": id, **IN_CHECKING}, change).matched_count == 1

    def ask_again(self, id: str, when: datetime | None) -> None:
        """Look at a file's check then, or never again."""
        self.documents.update_one({"_id": id}, {"$set": {"scan_at": when}, "$inc": {"version": 1}})

    def checking_since(self) -> datetime | None:
        """Say since when the file has waited for the scanner that has waited longest; None where none waits."""
        found = self.documents.find_one(IN_CHECKING, {"checking_since": 1}, sort=[("checking_since", 1)])
        return found and found["checking_since"]

    def erase(self, id: str, only_if: dict | None = None) -> bool:
        """Forget the key of a file, then all the rest; False where it is not there, or not as `only_if` asks.

        Whoever stops on the way leaves nothing that can be read, and the clock goes on with what is left.
        """
        where = {**(only_if or {}), "_id": id}
        keyless = {"sealed": None, "key": None, "state": "refused", "due": LONG_AGO, "scan_at": None}
        if not self.documents.update_one(where, {"$set": keyless, "$inc": {"version": 1}}).matched_count:
            return False
        StoredPieces(self.database).forget(id)
        self.documents.delete_one({"_id": id})
        return True

    def forget(self, person: str) -> None:
        """Erase all files of a person; a repeat goes on with those that are left."""
        while found := list(self.documents.find({"owner_id": person}, {"_id": 1}).limit(AT_ONCE)):
            for one in found:
                self.erase(one["_id"])


class StoredPieces:
    """The sealed pieces of all files of a service; nothing of them is read without the key that its file holds."""

    collection = "file_pieces"
    becomes = Stays("it holds no region")
    of_a_person = NothingOfAPerson(
        "sealed under keys that stand in the files alone, by which they are shown and erased"
    )

    def __init__(self, database: Database):
        self.documents = database[self.collection]

    def put(self, key: bytes, file_id: str, variant: str, number: int, piece: bytes) -> None:
        """Keep a piece; the same again changes nothing. Raises Conflict where another one has its number."""
        id = _named(file_id, variant, number)
        try:
            self.documents.insert_one({"_id": id, "sealed": _encrypted(key, id, piece)})
        except DuplicateKeyError:
            if self.get(key, file_id, variant, number) != piece:
                raise Conflict("file.piece_differs", "这一段和先前传的不一样，请重新选择文件上传。") from None

    def put_all(self, key: bytes, file_id: str, variant: str, whole: bytes) -> None:
        """Keep a whole in its pieces."""
        for number, at in enumerate(range(0, len(whole), PIECE_BYTES)):
            self.put(key, file_id, variant, number, whole[at : at + PIECE_BYTES])

    def get(self, key: bytes, file_id: str, variant: str, number: int) -> bytes:
        """Give one piece; raises NotFound where it is not there, or was sealed for another file or place."""
        found = self.documents.find_one({"_id": _named(file_id, variant, number)})
        if found is None:
            raise gone()
        return _decrypted(key, found)

    def of(self, key: bytes, file_id: str, variant: str) -> Iterator[bytes]:
        """Give the pieces in order, a few of them in memory at a time."""
        for found in self.documents.find(_all_of(file_id, variant)).sort("_id", 1).batch_size(4):
            yield _decrypted(key, found)

    def numbers(self, file_id: str, variant: str) -> list[int]:
        """Give the numbers of the pieces that are there, rising."""
        found = self.documents.find(_all_of(file_id, variant), {"_id": 1}).sort("_id", 1)
        return [int(one["_id"].rpartition("|")[2]) for one in found]

    def drop(self, file_id: str, variant: str, number: int) -> None:
        """Delete one piece."""
        self.documents.delete_one({"_id": _named(file_id, variant, number)})

    def forget(self, file_id: str, variant: str = "") -> None:
        """Delete the pieces of a file, or those of one variant."""
        self.documents.delete_many(_all_of(file_id, variant))


def gone() -> NotFound:
    """Give the error for a piece that cannot be read."""
    return NotFound("file.gone", "这个文件已经删除，请刷新后再看。")


def _named(file_id: str, variant: str, number: int) -> str:
    return f"{file_id}|{variant}|{number:04d}"


def _all_of(file_id: str, variant: str) -> dict:
    begins = f"{file_id}|{variant}|" if variant else f"{file_id}|"
    # "}" is the character after "|"
    return {"_id": {"$gt": begins, "$lt": f"{begins[:-1]}}}"}}


def _encrypted(key: bytes, id: str, piece: bytes) -> bytes:
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, piece, id.encode())


def _decrypted(key: bytes, found: dict) -> bytes:
    try:
        return AESGCM(key).decrypt(found["sealed"][:NONCE], found["sealed"][NONCE:], found["_id"].encode())
    except InvalidTag:
        raise gone() from None
