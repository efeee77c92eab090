"""What every capability does that holds files, in the order that loses nothing; each says whether it takes one, and saves that it holds it.

Holding one: the file is looked at and kept, its holder names it, then the clock leaves it alone (`held`). Giving one up goes the other
way round (`given_up`). Whoever stops on the way leaves a file that nobody names, which the clock erases.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from services.civic.files import views

if TYPE_CHECKING:
    from services.civic.calls import Call
    from services.civic.files.model import StoredFile
    from services.civic.files.receiving import FilePurpose, ReceivedFiles

MEASURES = ("width", "height", "thumbnail_width", "thumbnail_height")


def begun(files: ReceivedFiles, of: FilePurpose, takes_one: Callable[[], object], call: Call) -> dict:
    """Begin to receive a file, or go on with the one begun under this key; `takes_one` raises where its holder takes none more."""
    if not files.has_begun(of, call):
        takes_one()
    return views.begun(files, files.begin(of, call))


def piece_taken(files: ReceivedFiles, of: FilePurpose, call: Call) -> dict:
    """Take one piece; raises Rejected, Conflict or NotFound as `ReceivedFiles.put` does."""
    asked = call.data
    files.put(asked["file_id"], of, asked["number"], asked["body"])
    return {"file_id": asked["file_id"], "number": asked["number"]}


@contextmanager
def held(files: ReceivedFiles, of: FilePurpose, call: Call) -> Iterator[StoredFile]:
    """Give a file of which all pieces are there, to be named and saved by its holder; raises Rejected for what is no picture."""
    asked = call.data
    file = files.finish(asked["file_id"], of, asked["size"], asked["sha256"], call)
    yield file
    files.settle(file.id)


@contextmanager
def given_up(files: ReceivedFiles, ids: Sequence[str], call: Call) -> Iterator[None]:
    """Let its holder save that it names these files no more, then erase them."""
    for id in ids:
        files.give_up(id, call)
    yield
    for id in ids:
        files.erase(id)


def measures_of(file: StoredFile, *more: str) -> dict[str, Any]:
    """Give the sizes of a picture in pixels, and what else its holder keeps of it beside its id, by name."""
    return {name: getattr(file, name) for name in (*more, *MEASURES)}
