"""Give departments their streams and accounts again: `python -m services.identity.subscribers.departments.reopen`.

For a broker that was lost. Each stream begins empty and its events go on with the number after the last one: who had not read all of the one
before sees the gap in `feednumber` and pulls it. Passwords are derived, and so the ones that departments have.
"""

import sys

from pymongo.database import Database
from pymongo.errors import PyMongoError

from services.chassis.core.calls import utc_now
from services.chassis.core.errors import Unavailable
from services.chassis.core.settings import WrongSetting
from services.chassis.storage.database import connect
from services.civic.settings import CivicSettings
from services.identity.subscribers.departments.store import DepartmentStore
from services.identity.subscribers.departments.streams import DepartmentStreams


def reopen(database: Database, streams: DepartmentStreams) -> list[str]:
    """Make what is missing for everybody who receives by a stream; gives the streams' names."""
    departments = DepartmentStore(database)
    receiving = departments.some(list(departments.versions("stream", utc_now())))
    for department in receiving:
        streams.provision(department)
        for reader in department.readers:
            streams.open_account(department, reader)
    return [department.login for department in receiving]


def main() -> int:
    """Make them, and say which; gives the exit code."""
    try:
        settings = CivicSettings.from_environment()
        database = connect(settings, "identity", "reopens streams")
        names = reopen(database, DepartmentStreams.from_platform(database, settings))
    except (WrongSetting, Unavailable) as error:
        print(error, file=sys.stderr)
        return 2
    except PyMongoError as error:
        print(f"MongoDB cannot be used ({type(error).__name__}): run it again.", file=sys.stderr)
        return 1
    print(f"{len(names)} streams: {', '.join(names)}" if names else "no department reads a stream")
    return 0


if __name__ == "__main__":
    sys.exit(main())
