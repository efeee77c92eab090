"""Restore a backup into nothing: `python -m services.chassis.backup.restore BACKUP --identity FILE`.

Databases and broker must be empty, MASTER_KEY the one of then; MONGODB_URI is that of who declares. Every document is written as it was, and read
back: counts and hashes must be the manifest's. Then, in this order: `declare` (indexes, queues, migrations), `replay --manifest`, what
docs/how-to/back-up-and-restore.md says of streams and of erasures since, and only then the processes.
"""

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import BinaryIO

from amqp.exceptions import AMQPError, NotFound
from bson.raw_bson import RawBSONDocument
from pymongo.collection import Collection
from pymongo.errors import PyMongoError

from services.chassis.amqp import topology, transport
from services.chassis.backup import encryption, manifest, records
from services.chassis.backup.manifest import Manifest
from services.chassis.backup.progress import Progress
from services.chassis.backup.records import Counted, NotABackup
from services.chassis.backup.snapshot import RAW
from services.chassis.core.settings import Settings, WrongSetting
from services.chassis.runtime.discovery import service_classes, settings_of
from services.chassis.runtime.hosted import Hosted
from services.chassis.storage.database import connect
from services.chassis.storage.faults import told_of
from services.chassis.storage.field_encryption import KEY_VAULT, master_names
from services.chassis.storage.key_rotation import personal_stores

DOCUMENTS, BYTES = 1000, 8_000_000
"""What one write holds at most."""

say = partial(print, file=sys.stderr, flush=True)


class RestoreRefused(Exception):
    """It is not restored, and nothing was written; the message says why and what to do."""


def restore(settings: Settings, found: list[type[Hosted]], backup: Path, identity: Path) -> Manifest:
    """Restore it; gives its manifest. Raises RestoreRefused before anything is written, NotABackup and PyMongoError later."""
    told, keys = manifest.read(backup), encryption.identities(identity)
    with _databases(settings, found) as opened:
        only_with_its_keys(told, settings, found, opened)
        only_into_nothing(opened)
        only_beside_an_empty_broker(settings)
        with encryption.decrypted(backup / manifest.DATA, keys) as stream:
            progress = Progress("restore", told.documents)
            _write(stream, told, opened, progress)
            progress.close()
        _read_back(told, opened)
    return told


def only_with_its_keys(told: Manifest, settings: Settings, found: list[type[Hosted]], opened: dict) -> None:
    """Without the data keys, or the master key that wraps them, nobody could ever read what is personal."""
    held = master_names(settings)
    for service in found:
        personal = [
            f"{service.name}.{one.collection}" for one in personal_stores(service, opened[service.name])
        ]
        encrypted = sum(told.collections.get(name, {"count": 0})["count"] for name in personal)
        wrapped = told.master_keys.get(service.name, [])
        if encrypted and not told.collections.get(f"{service.name}.{KEY_VAULT}", {"count": 0})["count"]:
            raise RestoreRefused(
                f"The backup has no keys of {service.name} ({KEY_VAULT}), and {encrypted} documents that only they open: "
                "take another backup."
            )
        if not set(wrapped) <= held:
            raise RestoreRefused(
                f"MASTER_KEY is not the key that the backup's data of {service.name} is encrypted with: give the one of "
                f"{told.point:%Y-%m-%d}, or that one as OLD_MASTER_KEY."
            )


def only_into_nothing(opened: dict) -> None:
    """What is there would be mixed with what was."""
    for database in opened.values():
        for name in database.list_collection_names(filter={"type": "collection"}):
            if not name.startswith("system.") and database[name].find_one({}, {"_id": 1}):
                raise RestoreRefused(
                    f"The database {database.name} is not empty ({name}): a backup is restored into nothing. Drop it if it is "
                    "what a restore left half done, or take DATABASE_PREFIX for another set."
                )


def only_beside_an_empty_broker(settings: Settings) -> None:
    """Queues would tell of what was written after the backup, and was lost."""
    connection = transport.connect(settings.amqp_uri, "restore")
    try:
        connection.channel().exchange_declare(topology.EXCHANGE, "topic", passive=True)
    except NotFound:
        return
    finally:
        transport.close_quietly(connection)
    raise RestoreRefused(
        f"The broker still has what was told there ({topology.EXCHANGE}): delete its virtual hosts and make them anew; `declare` "
        "and `replay` fill them."
    )


def _write(stream: BinaryIO, told: Manifest, opened: dict, progress: Progress) -> None:
    """Write everything, and see that it is what the manifest says."""
    whole, where, batch = False, None, _Batch(None)
    counted, name = Counted(), ""
    for one in records.read(stream):
        if one.kind == records.COLLECTION:
            place = one.told
            where = _made(opened, place)
            counted, batch, name = Counted(), _Batch(where), f"{place['service']}.{place['collection']}"
        elif one.kind == records.DOCUMENT:
            counted.add(one.raw)
            progress.add(len(one.raw))
            batch.add(one.raw)
        elif one.kind == records.END:
            batch.flush()
            _same(name, told.collections.get(name), counted.told(), "the backup says")
            _same(name, one.told, counted.told(), "its own end says")
        else:
            whole = one.told["collections"] == told.collections
    if not whole:
        raise NotABackup("The backup is not whole, or its manifest is another one's.")


def _made(opened: dict, place: dict) -> Collection:
    if place["service"] not in opened:
        raise NotABackup(f"The backup is of a service that is not here: {place['service']}.")
    database = opened[place["service"]].with_options(codec_options=RAW)
    if place["options"] or place["collection"] not in database.list_collection_names():
        database.create_collection(place["collection"], **place["options"])
    return database[place["collection"]]


class _Batch:
    """Documents that are written together, in their order: it is the order in which they are read back."""

    def __init__(self, where: Collection | None):
        self._where, self._size = where, 0
        self._held: list[RawBSONDocument] = []

    def add(self, raw: bytes) -> None:
        self._held.append(RawBSONDocument(raw))
        self._size += len(raw)
        if len(self._held) >= DOCUMENTS or self._size >= BYTES:
            self.flush()

    def flush(self) -> None:
        if self._held and self._where is not None:
            self._where.insert_many(self._held, ordered=True)
        self._held, self._size = [], 0


def _read_back(told: Manifest, opened: dict) -> None:
    """The database has what the backup had, byte for byte."""
    progress = Progress("verify ", told.documents)
    for name, wanted in told.collections.items():
        service, _, collection = name.partition(".")
        counted = Counted()
        for one in opened[service].with_options(codec_options=RAW)[collection].find():
            counted.add(one.raw)
            progress.add(len(one.raw))
        _same(name, wanted, counted.told(), "the database has")
    progress.close()


def _same(name: str, wanted: dict | None, found: dict, who: str) -> None:
    if wanted != found:
        raise NotABackup(f"{name} is not what was backed up: {wanted} in the manifest, {who} {found}.")


@contextmanager
def _databases(settings: Settings, found: list[type[Hosted]]) -> Iterator[dict]:
    opened = {one.name: connect(settings, one.name, "restore") for one in found}
    try:
        yield opened
    finally:
        for database in opened.values():
            database.client.close()


def main(arguments: list[str], out: Callable[..., None] = print) -> int:
    """Restore it and say what comes next; gives the exit code."""
    how = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(
        prog="python -m services.chassis.backup.restore", description=__doc__, formatter_class=how
    )
    parser.add_argument("backup", type=Path, help="its folder")
    parser.add_argument("--identity", type=Path, required=True, metavar="FILE", help="the private key")
    options = parser.parse_args(arguments)
    try:
        found = list(service_classes())
        told = restore(settings_of(*found), found, options.backup, options.identity)
    except (WrongSetting, RestoreRefused) as wrong:
        say(wrong)
        return 2
    except NotABackup as wrong:
        say(f"{wrong} Whatever was written of it has to be dropped.")
        return 1
    except (OSError, AMQPError, PyMongoError) as error:
        say(f"Not restored, or half only, which has to be dropped: {told_of(error)}")
        return 1
    say(f"{told.documents:,} documents of {len(told.collections)} collections are as they were")
    out(f"restored to {told.point.isoformat()}; events to tell once more from {told.replay_from.isoformat()}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
