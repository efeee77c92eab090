"""Take a backup of all databases at one moment: `python -m services.chassis.backup.take [--to FOLDER] [--window SECONDS]`.

The platform goes on meanwhile. What is written is encrypted to BACKUP_RECIPIENTS as it is read; FOLDER gets a folder named by the moment, or,
where anything goes wrong, none. It needs to read the databases only: MONGODB_URI is the operator's. How it is restored:
docs/how-to/back-up-and-restore.md.
"""

import argparse
import os
import shutil
import signal
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import requests
from amqp.exceptions import AMQPError
from pymongo.errors import PyMongoError

from services.chassis.backup import encryption, manifest, records, snapshot
from services.chassis.backup.manifest import Manifest
from services.chassis.backup.progress import Progress
from services.chassis.core.calls import utc_now
from services.chassis.core.settings import Settings, WrongSetting
from services.chassis.operations.backlog import LOOKED_BACK
from services.chassis.operations.figures import Observer
from services.chassis.runtime.discovery import service_classes, settings_of
from services.chassis.runtime.hosted import Hosted
from services.chassis.storage.faults import told_of
from services.chassis.storage.field_encryption import KEY_VAULT

WINDOW = 3600
MARGIN = timedelta(minutes=5)
"""How much more than it seems may not have been heard: queues' ages are estimated."""

UNKNOWN = timedelta(days=1)
"""So much is told once more where nobody can say how far queues are behind."""

AWAY = (OSError, AMQPError, PyMongoError, requests.RequestException)
say = partial(print, file=sys.stderr, flush=True)


def take(settings: Settings, found: list[type[Hosted]], to: Path, window: int) -> tuple[Path, Manifest]:
    """Take one; gives its folder and what is in it. Raises WrongSetting and PyMongoError, and leaves nothing behind then."""
    keys = encryption.recipients(settings.backup_recipients)
    if to.exists() and not to.is_dir():
        raise WrongSetting(f"{to} is a file: --to names a folder.")
    services = {one.name: one for one in found}
    names = {name: f"{settings.database_prefix}_{name}" for name in services}
    behind = unheard_since(settings)
    client = snapshot.client_of_one_member(settings)
    with client, snapshot.history(client, window, say), client.start_session(snapshot=True) as session:
        taken = snapshot.Snapshot(client, session, names)
        if taken.point is None:
            raise WrongSetting("There is nothing to back up: the databases are empty.")
        point = taken.point.as_datetime()
        told = Manifest(point, min(point, behind) - MARGIN - timedelta(seconds=sum(settings.retry_delays)))
        told.noted = _noted(taken, services)
        folder = to / f"{settings.database_prefix}-{point:%Y%m%dT%H%M%SZ}-{taken.point.inc}"
        part = folder.with_suffix(".part")
        part.mkdir(parents=True, mode=0o700)
        try:
            with (part / manifest.DATA).open("wb") as file:
                encryption.encrypt(_pieces(taken, told), file, keys)
                os.fsync(file.fileno())
            manifest.write(told, part)
            part.rename(folder)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise
    return folder, told


def unheard_since(settings: Settings) -> datetime:
    """Since when events may wait in queues, by what the broker and the outboxes say; a day ago where they cannot be asked."""
    try:
        with Observer(settings) as observer:
            figures = observer.look()
    except AWAY as error:
        say(f"  the broker cannot be asked how far queues are behind ({type(error).__name__})")
        return utc_now() - UNKNOWN
    heard = [queue for queue in figures.queues if queue.kind == "capability"]
    oldest = [one.oldest for one in heard] + [one.oldest for one in figures.services]
    ages = [one.seconds for one in oldest if one]
    if any(one.ready + one.unacknowledged > LOOKED_BACK for one in heard):
        say("  a queue is too long to tell its age: a day is told once more")
        ages.append(UNKNOWN.total_seconds())
    letters = sum(queue.ready for queue in figures.queues if queue.kind == "dead letters")
    if letters:
        say(f"  {letters} dead letters are in the broker and in no backup: mend their cause and redrive them")
    return figures.at - timedelta(seconds=max(ages, default=0))


def _noted(taken: snapshot.Snapshot, services: dict[str, type[Hosted]]) -> dict[str, dict]:
    asked = {name: getattr(one, "noted_in_backups", None) for name, one in services.items()}
    return {name: taken.look(name, what) for name, what in asked.items() if what}


def _pieces(taken: snapshot.Snapshot, told: Manifest) -> Iterator[bytes]:
    """Give the stream, and fill the manifest with what went by."""
    progress = Progress("backup", taken.expected())
    yield records.MAGIC
    for service, name, options in taken.collections:
        yield records.record(records.COLLECTION, {"service": service, "collection": name, "options": options})
        counted = records.Counted()
        for raw in taken.documents(service, name):
            counted.add(raw)
            progress.add(len(raw))
            yield records.DOCUMENT + raw
        told.collections[f"{service}.{name}"] = counted.told()
        yield records.record(records.END, counted.told())
        if name == KEY_VAULT:
            told.master_keys[service] = taken.look(service, _wrapped_by)["by"]
    progress.close()
    yield records.record(records.MANIFEST, told.to_dict())


def _wrapped_by(database) -> dict:
    return {"by": sorted(database[KEY_VAULT].distinct("masterKey.provider"))}


def _parser() -> argparse.ArgumentParser:
    how = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(
        prog="python -m services.chassis.backup.take", description=__doc__, formatter_class=how
    )
    parser.add_argument("--to", type=Path, default=Path("backups"), metavar="FOLDER", help="default: backups")
    parser.add_argument(
        "--window", type=int, default=WINDOW, metavar="SECONDS", help=f"that it may take at most, {WINDOW}"
    )
    return parser


def main(arguments: list[str]) -> int:
    """Take one and print where it is; gives the exit code."""
    options = _parser().parse_args(arguments)
    # as the first process of a container it would not even hear it, and leave a part behind
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    try:
        found = list(service_classes())
        folder, told = take(settings_of(*found), found, options.to, options.window)
    except (WrongSetting, FileExistsError) as wrong:
        say(wrong)
        return 2
    except (OSError, PyMongoError) as error:
        say(f"No backup was taken: {told_of(error)}")
        return 1
    say(f"{told.documents:,} documents of {len(told.collections)} collections as of {told.point.isoformat()}")
    print(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
