"""The inbox: an event's effect and the note that it was applied are one transaction, so a duplicate changes
nothing.

    {_id: "<queue>|<event id>", at}     kept 30 days

Stores need no session argument: pymongo's bound session reaches every operation that the effect does.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from pymongo import IndexModel
from pymongo.client_session import ClientSession
from pymongo.database import Database
from pymongo.errors import ConnectionFailure, DuplicateKeyError, PyMongoError

from services.chassis.storage.database import wake_up

INBOX = "inbox"
KEPT = timedelta(days=30)
INDEXES = (IndexModel("at", name="forgotten", expireAfterSeconds=int(KEPT.total_seconds())),)
TRIES = 4


class AppliedBefore(Exception):
    """The event is in the inbox: its effect is there already."""


def apply_once(database: Database, queue: str, event_id: str, effect: Callable[[], None]) -> None:
    """Run `effect` in one transaction with the event's inbox row; raises AppliedBefore for a duplicate.

    Transient conflicts are tried again a few times; a lost connection is raised (what was committed then is
    found as a duplicate by the next try).
    """
    row = {"_id": f"{queue}|{event_id}", "at": datetime.now(UTC)}
    with database.client.start_session() as session:
        for last in (False,) * (TRIES - 1) + (True,):
            try:
                _transaction(session, database, row, effect)
                # what the effect has notified of was not committed yet
                wake_up(database)
                return
            except PyMongoError as error:
                transient = error.has_error_label("TransientTransactionError")
                if last or not transient or isinstance(error, ConnectionFailure):
                    raise


def _transaction(session: ClientSession, database: Database, row: dict, effect: Callable[[], None]) -> None:
    with session.start_transaction(), session.bind(end_session=False):
        try:
            # the row first: a duplicate is stopped before it touches anything
            database[INBOX].insert_one(row)
        except DuplicateKeyError:
            raise AppliedBefore(row["_id"]) from None
        effect()
