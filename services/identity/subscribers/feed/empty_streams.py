"""Empty the streams into which names and phones were written: `python -m services.identity.subscribers.feed.empty_streams`.

Up to 0.1.0 a stream carried granted personal fields, and nothing can be taken out of a stream. Run it once, when the last dispatcher of
0.1.0 has ended; without it they remain for `STREAM_MAX_AGE`. No event is lost: readers see the gap in `feednumber` and pull it.
"""

import sys
from contextlib import suppress

from pymongo.database import Database

from services.chassis.core.calls import utc_now
from services.chassis.core.errors import NotFound, Unavailable
from services.chassis.core.settings import WrongSetting
from services.chassis.storage.database import connect
from services.civic.settings import CivicSettings
from services.identity.subscribers.departments.store import DepartmentStore
from services.identity.subscribers.departments.streams import DepartmentStreams
from services.identity.subscribers.feed.disclosures import DepartmentDisclosures


def empty(database: Database, streams: DepartmentStreams) -> list[str]:
    """Empty the streams of all departments that were ever given something of a person; gives their names.

    Who still receives by a stream gets it anew, and its events go on with the number after the last one.
    """
    departments, emptied = DepartmentStore(database), []
    for id in DepartmentDisclosures(database).documents.distinct("department"):
        with suppress(NotFound):
            department = departments.get(id)
            if streams.drop(department.login):
                emptied.append(department.login)
            if department.delivery == "stream" and department.receives(utc_now()):
                streams.provision(department)
    return emptied


def main() -> int:
    """Empty them, and say which; gives the exit code."""
    try:
        settings = CivicSettings.from_environment()
        database = connect(settings, "identity")
        emptied = empty(database, DepartmentStreams.from_platform(database, settings))
    except (WrongSetting, Unavailable) as error:
        print(error, file=sys.stderr)
        return 2
    print(f"emptied: {', '.join(emptied)}" if emptied else "no stream held personal data")
    return 0


if __name__ == "__main__":
    sys.exit(main())
