"""What a backup's stream is made of: records of one byte and one BSON document, read and written one at a time.

c {service, collection, options}    a collection begins
d {...}                             one of its documents, byte for byte as the database had it
e {count, sha256}                   it ends
m {...}                             the manifest: the stream is whole
"""

import hashlib
import struct
from collections.abc import Iterator
from typing import Any, BinaryIO, NamedTuple

import bson

MAGIC = b"xiangzhi backup 1\n"
COLLECTION, DOCUMENT, END, MANIFEST = b"c", b"d", b"e", b"m"
LENGTH = struct.Struct("<i")


class NotABackup(Exception):
    """The stream is damaged, or something else; the message says what is wrong."""


class Counted:
    """Counts the documents of one collection, and hashes their bytes in their order."""

    def __init__(self) -> None:
        self.count, self._hash = 0, hashlib.sha256()

    def add(self, raw: bytes) -> None:
        """Count one."""
        self.count += 1
        self._hash.update(raw)

    def told(self) -> dict:
        """Give what is written down."""
        return {"count": self.count, "sha256": self._hash.hexdigest()}


class Record(NamedTuple):
    """One record as it is read; `raw` is the document's bytes."""

    kind: bytes
    raw: bytes

    @property
    def told(self) -> dict[str, Any]:
        """The document, decoded."""
        return bson.decode(self.raw)


def record(kind: bytes, told: dict) -> bytes:
    """Give the bytes of a record."""
    return kind + bson.encode(told)


def read(stream: BinaryIO) -> Iterator[Record]:
    """Give record after record; raises NotABackup where the stream ends in the middle of something."""
    if stream.read(len(MAGIC)) != MAGIC:
        raise NotABackup("This is no backup of this format.")
    while kind := stream.read(1):
        head = _exactly(stream, LENGTH.size)
        size = LENGTH.unpack(head)[0]
        if kind not in (COLLECTION, DOCUMENT, END, MANIFEST) or not 5 <= size <= 32_000_000:
            raise NotABackup("The backup is damaged: what stands where a record begins is none.")
        yield Record(kind, head + _exactly(stream, size - LENGTH.size))


def _exactly(stream: BinaryIO, size: int) -> bytes:
    found = stream.read(size)
    if len(found) != size:
        raise NotABackup("The backup is not whole: it ends in the middle of a record.")
    return found
