"""Change the keys of a service's personal data: `python -m services.chassis.runtime.rotate_keys <service> [--master-only]`.

First every data key is wrapped with MASTER_KEY (those that OLD_MASTER_KEY wraps), then, unless `--master-only`, a new data key
is made and every document moved to it, also documents that are still plain. The service may work meanwhile. It may be ended at
any moment; run again, it does what is left. Exit code 1: something is left, 2: a wrong setting.
"""

import argparse
import sys
from functools import partial

from pymongo.errors import PyMongoError

from services.chassis.core import logs
from services.chassis.core.settings import Settings, WrongSetting
from services.chassis.runtime.discovery import find_service, settings_of
from services.chassis.runtime.hosted import Hosted
from services.chassis.storage.database import connect
from services.chassis.storage.key_rotation import personal_stores, rotate


def run(settings: Settings, service: type[Hosted], master_only: bool) -> int:
    """Change the keys and print what was done; gives the exit code."""
    say = partial(print, flush=True)
    database = connect(settings, service.name)
    try:
        database.vault.prove()
        say(f"{database.vault.rewrap()} data keys wrapped with the new master key")
        if master_only:
            return 0
        left = rotate(database.vault, personal_stores(service, database), say)
    finally:
        database.client.close()
    say(f"{left} documents cannot be opened: run it again when that is mended" if left else "done")
    return 1 if left else 0


def main(arguments: list[str]) -> int:
    """Do what the command line says; gives the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m services.chassis.runtime.rotate_keys", description=__doc__
    )
    parser.add_argument("service")
    parser.add_argument("--master-only", action="store_true", help="wrap the data keys, move no document")
    options = parser.parse_args(arguments)
    try:
        service = find_service(options.service)
        settings = settings_of(service)
        logs.set_up("rotate-keys", settings.log_level)
        return run(settings, service, options.master_only)
    except WrongSetting as wrong:
        print(wrong, file=sys.stderr)
        return 2
    except PyMongoError as error:
        print(f"MongoDB cannot be used ({type(error).__name__}): run it again to go on.", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
