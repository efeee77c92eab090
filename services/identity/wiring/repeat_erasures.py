"""Erase again who was erased after a restored backup: `python -m services.identity.wiring.repeat_erasures BACKUP...`.

A backup brings back whom it still had. The manifest of each later one names the erasures that were finished by then, by ids only: give all
that are later than the restored one, folders or the manifests alone. Run it after `declare` and before anybody is let in; the other
services erase when they hear of it. Again and again without harm.
"""

import sys
from pathlib import Path

from pymongo.database import Database
from pymongo.errors import PyMongoError

from services.chassis.backup import manifest
from services.chassis.backup.records import NotABackup
from services.chassis.core.settings import WrongSetting
from services.chassis.events.registry import import_all
from services.chassis.storage.database import connect
from services.civic.actor import SYSTEM
from services.civic.calls import Call
from services.civic.settings import CivicSettings
from services.identity.people.residents.store import ResidentStore
from services.identity.privacy.erasures import usecases
from services.identity.privacy.erasures.store import ErasureStore


def repeat(database: Database, erased: dict[str, list[str]]) -> int:
    """Repeat these erasures, {id: entries}, where they are not done; gives how many were not."""
    erasures, residents = ErasureStore(database), ResidentStore(database)
    return sum(
        usecases.repeat(erasures, residents, id, entries, Call({}, SYSTEM)) for id, entries in erased.items()
    )


def main(arguments: list[str]) -> int:
    """Repeat them and say how many; gives the exit code."""
    if not arguments:
        print("Usage: python -m services.identity.wiring.repeat_erasures BACKUP...", file=sys.stderr)
        return 2
    try:
        settings = CivicSettings.from_environment()
        told = [manifest.read(Path(one)).noted.get("identity", {}) for one in arguments]
        erased = {one["id"]: one["entries"] for noted in told for one in noted.get("erasures", ())}
        import_all()
        database = connect(settings, "identity", "repeats erasures")
        done = repeat(database, erased)
    except (WrongSetting, NotABackup) as wrong:
        print(wrong, file=sys.stderr)
        return 2
    except PyMongoError as error:
        print(f"MongoDB cannot be used ({type(error).__name__}): run it again to go on.", file=sys.stderr)
        return 1
    print(f"{done} of {len(erased)} erasures repeated")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
