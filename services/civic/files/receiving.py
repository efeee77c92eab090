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
from itertools import chain
from typing import TYPE_CHECKING

from services.chassis.core.errors import Conflict, Invalid, NotFound, Rejected, VersionConflict
from services.chassis.storage.idempotency import used_otherwise
from services.civic.files import model
from services.civic.files.documents import BEGINNING, PDF, document_of
from services.civic.files.model import DOCUMENT, LAPSES, LARGE, LOOKED_AT, SENT, THUMBNAIL, StoredFile
from services.civic.files.pictures import JPEG, Picture, picture_of
from services.civic.files.scanner import NO_SCANNER, FileScanner
from services.civic.files.store import StoredPieces, new_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from pymongo.database import Database

    from services.civic.calls import Call
    from services.civic.files.store import FileStore
    from services.civic.settings import CivicSettings

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
    """The files of a service, as its capabilities use them; with a scanner each of them is checked before it is shown."""

    files: FileStore
    pieces: StoredPieces
    scanner: FileScanner = NO_SCANNER

    @classmethod
    def of(cls, store: type[FileStore]) -> ReceivedFilesOf:
        """Give what makes it, for `Provided`, with the service's own store."""
        return ReceivedFilesOf(store)

    def has_begun(self, of: FilePurpose, call: Call) -> bool:
        """Tell whether a file was begun under this key: going on with it is not one more."""
        with suppress(NotFound):
            return bool(self._get(call.new_id(of.name), of))
        return False

    def begin(self, of: FilePurpose, call: Call) -> StoredFile:
        """Begin a file, or go on with the one begun under this key; where too many are being received the oldest makes room.

        Raises Rejected where something else was begun under this key.
        """
        id = call.new_id(of.name)
        with suppress(NotFound):
            return self._go_on(self._get(id, of), call)
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
        except Conflict:  # the same was begun at the same moment, or for another subject
            with suppress(NotFound):
                return self._get(id, of)
            raise used_otherwise() from None
        self._make_room_for(file)
        return file

    def received(self, file: StoredFile) -> int:
        """Give the number of the next piece that is wanted: all before it are there. Of what was taken none is wanted."""
        if file.state in model.TAKEN:
            return model.MOST_PIECES
        return model.next_missing(self.pieces.numbers(file.id, SENT))

    def put(self, id: str, of: FilePurpose, number: int, text: str) -> None:
        """Take a piece, base64; raises Rejected or Conflict by a rule, NotFound where its file lapsed."""
        file, piece = self._get(id, of), _bytes(text)
        model.only_what_is_being_received_takes_pieces(file.state)
        model.a_piece_lies_within_a_file(number, len(piece))
        self.pieces.put(_key(file), file.id, SENT, number, piece)
        with suppress(NotFound):
            if self.files.get(id).holds_what_was_sent:
                return
        # it was looked at, or erased, while this piece came: it does not stay
        self.pieces.drop(id, SENT, number)

    def finish(self, id: str, of: FilePurpose, size: int, digest: str, call: Call) -> StoredFile:
        """Look at a picture or PDF that is whole and keep what it shows; raises Rejected for what is none, or not what was announced.

        What is refused is gone at once; a picture may be sent again under the same key. The clock looks after what was kept until it
        is settled.
        """
        file = self._get(id, of)
        model.what_is_infected_is_not_taken(file.state)
        if file.state in model.TAKEN:
            self.files.look_at(id, call.now + LOOKED_AT)
            return file
        model.only_what_is_being_received_takes_pieces(file.state)
        seen, hashed = 0, hashlib.sha256()
        for piece in self.sent(file):
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

    def keep(self, of: FilePurpose, picture: Picture, call: Call) -> StoredFile:
        """Keep at once a picture that came in a request and was looked at; under the same key what was kept. The clock looks after it."""
        file = self.begin(of, call)
        if file.state not in model.TAKEN:
            if self.scanner:
                self.pieces.put_all(_key(file), file.id, SENT, picture.large)
            self._keep(file, len(picture.large), JPEG, picture, picture.measures, call)
        return file

    def keep_made(self, of: FilePurpose, document: bytes, call: Call) -> StoredFile:
        """Keep a PDF that the platform itself has made, each time as another file. The clock looks after it until it is settled."""
        file = self.begin(of, call.without_key())
        self.pieces.put_all(_key(file), file.id, DOCUMENT, document)
        file.keep(len(document), PDF, call.now, document_bytes=len(document))
        self.files.save(file, [], call.without_key())
        return file

    def whole(self, id: str, variant: str) -> bytes:
        """Give all of what is kept of a file; raises NotFound where it is not (any more), Conflict or Rejected by its check."""
        file = self.files.get(id)
        model.only_what_was_checked_is_opened(file.state)
        return b"".join(self.pieces.of(_key(file), id, variant))

    def settle(self, id: str) -> bool:
        """Its subject holds it: the clock leaves it alone. False where it is gone."""
        return self.files.look_at(id, None)

    def give_up(self, id: str, call: Call) -> None:
        """Its subject is about to hold it no more: should nobody come to erase it, the clock does."""
        self.files.look_at(id, call.now + LOOKED_AT)

    def look_again(self, id: str, when: datetime) -> None:
        """Let the clock look then whether its subject still holds it: what that no longer needs is erased."""
        self.files.look_at(id, when)

    def erase(self, id: str) -> None:
        """Erase a file at once; repeatable."""
        self.files.erase(id)

    def erase_unsettled(self, id: str) -> bool:
        """Erase a file that was given up, unless another subject has settled it since; False where one has."""
        return self.files.erase(id, only_if={"due": {"$type": "date"}})

    def sweep(self, holds: Callable[[StoredFile], bool | datetime], call: Call) -> int:
        """Erase what lapsed and what nobody holds, and leave alone what is held, for good or until it says; gives how many were erased."""
        erased = 0
        for id in self.files.due(call.now, SWEPT_AT_ONCE):
            with suppress(NotFound):
                file = self.files.get(id)
                held = file.state in model.TAKEN and holds(file)
                if held:
                    self.files.look_at(id, None if held is True else held, seen=file.due)
                else:
                    erased += self.files.erase(id, only_if={"due": {"$lte": call.now}})
        return erased

    def _get(self, id: str, of: FilePurpose) -> StoredFile:
        whose = {"purpose": of.name, "subject": of.subject, "owner_id": of.owner_id}
        return self.files.get(id, scope=whose)

    def _go_on(self, file: StoredFile, call: Call) -> StoredFile:
        if file.state == "refused":
            file.receive_anew(new_key(), call.now)
            with suppress(VersionConflict):
                self.files.save(file, [], call.without_key())
            self._make_room_for(file)
        return file

    def _make_room_for(self, file: StoredFile) -> None:
        for one in model.making_room(self.files.open_of(file.owner_id), file.id):
            self.files.erase(one)

    def _take(self, file: StoredFile, size: int, call: Call) -> None:
        sent = self.sent(file)
        first = next(sent, b"")
        whole = chain((first,), sent)
        if file.purpose in model.TAKE_DOCUMENTS and first.startswith(BEGINNING):
            document = document_of(whole, file.owner_id)
            self.pieces.put_all(_key(file), file.id, DOCUMENT, document.body)
            self._keep(file, size, PDF, document.first_page, document.measures, call)
        else:
            picture = picture_of(whole, file.owner_id)
            self._keep(file, size, JPEG, picture, picture.measures, call)

    def _keep(
        self, file: StoredFile, size: int, type: str, picture: Picture, measures: dict[str, int], call: Call
    ) -> None:
        self.pieces.put_all(_key(file), file.id, LARGE, picture.large)
        self.pieces.put_all(_key(file), file.id, THUMBNAIL, picture.thumbnail)
        file.keep(size, type, call.now, **measures)
        if self.scanner:
            file.check(call.now)
        self.files.save(file, [], call.without_key())
        if not file.holds_what_was_sent:
            self.pieces.forget(file.id, SENT)

    def sent(self, file: StoredFile) -> Iterator[bytes]:
        """Give the pieces as they were sent."""
        return self.pieces.of(_key(file), file.id, SENT)


@dataclass(frozen=True)
class ReceivedFilesOf:
    """Makes the files of a service: with the scanner that the platform names, and alone on a database without one."""

    store: type[FileStore]

    def __call__(self, database: Database, scanner: FileScanner = NO_SCANNER) -> ReceivedFiles:
        return ReceivedFiles(self.store(database), StoredPieces(database), scanner)

    def from_platform(self, database: Database, settings: CivicSettings) -> ReceivedFiles:
        """Make them with the scanner of the settings."""
        return self(database, FileScanner(settings.clamd_url))


def _key(file: StoredFile) -> bytes:
    return bytes(file.key or b"")


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise Invalid("file.piece_unreadable", "这一段没有传完整，请再传一次。") from None
