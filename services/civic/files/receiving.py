"""The way of a file in and out, for the capability that holds it: begin -> put each piece -> finish -> settle; erase.

Each step may be done again. `begin` under the same call's key meets the file that was begun, `put` knows a piece that is there, `finish`
gives what was kept. Between `finish` and `settle` the capability writes down that it holds the file; where it never comes to that,
the clock erases what nobody holds (`sweep`).
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from services.chassis.core.errors import Conflict, Invalid, NotFound, Rejected, VersionConflict
from services.civic.files import model
from services.civic.files.model import LAPSES, LARGE, LOOKED_AT, SENT, THUMBNAIL, StoredFile
from services.civic.files.pictures import JPEG, picture_of
from services.civic.files.store import StoredPieces, new_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pymongo.database import Database

    from services.civic.calls import Call
    from services.civic.files.store import FileStore

SWEPT_AT_ONCE = 100


@dataclass(frozen=True)
class FilePurpose:
    """What a file is for: by its name (a key of `ADDRESSES`), the subject that will hold it, and whose it is."""

    name: str
    subject: str
    owner_id: str
    region: str


@dataclass(frozen=True)
class ReceivedFiles:
    """The files of a service, as its capabilities use them."""

    files: FileStore
    pieces: StoredPieces

    @classmethod
    def of(cls, store: type[FileStore]) -> Callable[[Database], ReceivedFiles]:
        """Give what makes it, for `Provided`, with the service's own store."""
        return lambda database: cls(store(database), StoredPieces(database))

    def has_begun(self, of: FilePurpose, call: Call) -> bool:
        """Tell whether a file was begun under this key: going on with it is not one more."""
        with suppress(NotFound):
            return bool(self._get(call.new_id(of.name), of))
        return False

    def begin(self, of: FilePurpose, call: Call) -> StoredFile:
        """Begin a file, or go on with the one begun under this key; raises Rejected where too many are being received."""
        id = call.new_id(of.name)
        with suppress(NotFound):
            return self._go_on(self._get(id, of), call)
        model.only_so_many_are_received_at_once(self.files.open_of(of.owner_id))
        file = StoredFile(
            id=id,
            region=of.region,
            owner_id=of.owner_id,
            purpose=of.name,
            subject=of.subject,
            begun_at=call.now,
            due=call.now + LAPSES,
            key=new_key(),
        )
        try:
            self.files.add(file, [], call.without_key())
        except Conflict:  # the same was begun at the same moment
            return self._get(id, of)
        return file

    def received(self, file: StoredFile) -> int:
        """Give the number of the next piece that is wanted: all before it are there. Of what is kept none is wanted."""
        if file.state == "kept":
            return model.MOST_PIECES
        return model.next_missing(self.pieces.numbers(file.id, SENT))

    def put(self, id: str, of: FilePurpose, number: int, text: str) -> None:
        """Take a piece, base64; raises Rejected or Conflict by a rule, NotFound where its file lapsed."""
        file, piece = self._get(id, of), _bytes(text)
        model.only_what_is_being_received_takes_pieces(file.state)
        model.a_piece_lies_within_a_file(number, len(piece))
        self.pieces.put(_key(file), file.id, SENT, number, piece)
        with suppress(NotFound):
            if self.files.get(id).state == "receiving":
                return
        # it was looked at, or erased, while this piece came: nothing of it stays
        self.pieces.forget(id, SENT)

    def finish(self, id: str, of: FilePurpose, size: int, digest: str, call: Call) -> StoredFile:
        """Look at a picture that is whole and keep what it shows; raises Rejected for what is none, or not what was announced.

        What is refused is gone at once; a picture may be sent again under the same key. The clock looks after what was kept until it
        is settled.
        """
        file = self._get(id, of)
        if file.state == "kept":
            self.files.look_at(id, call.now + LOOKED_AT)
            return file
        model.only_what_is_being_received_takes_pieces(file.state)
        seen, hashed = 0, hashlib.sha256()
        for piece in self._sent(file):
            seen += len(piece)
            hashed.update(piece)
        model.a_file_is_whole(self.pieces.numbers(id, SENT), seen, size)
        try:
            model.a_file_is_what_was_announced(seen, hashed.hexdigest(), size, digest)
            self._take(file, size, call)
        except Rejected:
            file.refuse(call.now)
            self.files.save(
                file, [], call.without_key()
            )  # raises where the same was kept meanwhile: it is asked anew
            self.pieces.forget(id)
            raise
        return file

    def settle(self, id: str) -> None:
        """Its subject holds it: the clock leaves it alone."""
        self.files.look_at(id, None)

    def give_up(self, id: str, call: Call) -> None:
        """Its subject is about to hold it no more: should nobody come to erase it, the clock does."""
        self.files.look_at(id, call.now + LOOKED_AT)

    def erase(self, id: str) -> None:
        """Erase a file at once; repeatable."""
        self.files.erase(id)

    def sweep(self, holds: Callable[[StoredFile], bool], call: Call) -> int:
        """Erase what lapsed and what nobody holds, and leave alone what is held; gives how many were erased."""
        erased = 0
        for id in self.files.due(call.now, SWEPT_AT_ONCE):
            with suppress(NotFound):
                file = self.files.get(id)
                if file.state == "kept" and holds(file):
                    self.files.look_at(id, None)
                else:
                    erased += self.files.erase(id, due_before=call.now)
        return erased

    def _get(self, id: str, of: FilePurpose) -> StoredFile:
        whose = {"purpose": of.name, "subject": of.subject, "owner_id": of.owner_id}
        return self.files.get(id, scope=whose)

    def _go_on(self, file: StoredFile, call: Call) -> StoredFile:
        if file.state == "refused":
            file.receive_anew(new_key(), call.now)
            with suppress(VersionConflict):
                self.files.save(file, [], call.without_key())
        return file

    def _take(self, file: StoredFile, size: int, call: Call) -> None:
        key, picture = _key(file), picture_of(self._sent(file))
        self.pieces.put_all(key, file.id, LARGE, picture.large)
        self.pieces.put_all(key, file.id, THUMBNAIL, picture.thumbnail)
        file.keep(size, JPEG, call.now, **picture.measures)
        self.files.save(file, [], call.without_key())
        self.pieces.forget(file.id, SENT)

    def _sent(self, file: StoredFile) -> Iterator[bytes]:
        return self.pieces.of(_key(file), file.id, SENT)


def _key(file: StoredFile) -> bytes:
    return bytes(file.key or b"")


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise Invalid("file.piece_unreadable", "这一段没有传完整，请再传一次。") from None
