"""Fill a platform's databases with a county: chunk after chunk in several processes, then the indexes."""

import multiprocessing
import os
import sys
import threading
import time

from pymongo import MongoClient
from pymongo.write_concern import WriteConcern

from services.chassis.storage.database import connect
from services.civic.settings import CivicSettings
from tests.county.founding import county_of, index
from tests.county.lives import REFERENCE, chunk_of
from tests.county.scene import County
from tests.county.size import Size

WRITERS = 2


def fill(settings: CivicSettings, size: Size, title: str) -> County:
    """Write a whole county, with a progress bar; gives what its lives share."""
    county = county_of(settings, size)
    first = connect(settings, "identity").feed.count_documents({})
    taken = multiprocessing.get_context("spawn").Value("q", first + 1)
    begun, written = time.monotonic(), 0
    workers = multiprocessing.get_context("spawn").Pool(WRITERS, _begin, (county, size, taken))
    with workers:
        chunks = [REFERENCE, *range(size.chunks)]
        for done, count in enumerate(workers.imap_unordered(_write, chunks), start=1):
            written += count
            _show(title, done / len(chunks), written, time.monotonic() - begun)
    print(f"\r  {title}: {written:,} documents in {time.monotonic() - begun:.0f} s; indexes ...", flush=True)
    index(settings)
    print(f"  {title}: whole after {time.monotonic() - begun:.0f} s", flush=True)
    return county


class _Writer:
    """What one writing process works with."""

    def __init__(self, county: County, size: Size, taken):
        self.county, self.size, self.taken = county, size, taken
        self.client = MongoClient(county.settings.mongodb_uri, tz_aware=True)

    def positions(self, count: int) -> int:
        """Reserve positions in the feed; gives the first."""
        with self.taken.get_lock():
            first = self.taken.value
            self.taken.value += count
        return first

    def write(self, chunk: int) -> int:
        """Make and write one chunk; gives the number of documents."""
        made = chunk_of(self.county, self.size, chunk, self.positions)
        for service, collections in made.items():
            database = self.client[f"{self.county.settings.database_prefix}_{service}"]
            for name, documents in collections.items():
                # nothing is lost that could not be made again
                collection = database.get_collection(name, write_concern=WriteConcern(1))
                collection.insert_many(documents, ordered=False)
        return sum(len(documents) for collections in made.values() for documents in collections.values())


_writer: _Writer


def _begin(*given) -> None:
    global _writer
    _writer = _Writer(*given)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """A killed parent ends no pool; its workers would go on writing."""
    multiprocessing.parent_process().join()
    os._exit(1)


def _write(chunk: int) -> int:
    return _writer.write(chunk)


def _show(title: str, part: float, written: int, seconds: float) -> None:
    if sys.stderr.isatty():
        bar = "#" * int(part * 30)
        left = seconds / part - seconds
        print(
            f"\r  {title} [{bar:<30}] {written:,} documents, {left:.0f} s left ",
            end="",
            file=sys.stderr,
            flush=True,
        )
