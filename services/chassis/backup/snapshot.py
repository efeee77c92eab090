"""All databases at one moment: a snapshot session on one member of the replica set, a secondary where there is one.

The member keeps history for `minSnapshotHistoryWindowInSeconds` (300 by default), and a backup needs more of it than it takes. It is set for
as long as the backup runs where that is allowed, as on a local stack, which keeps none; a cluster's manifest sets it.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bson.codec_options import CodecOptions
from bson.raw_bson import RawBSONDocument
from pymongo import MongoClient, ReadPreference
from pymongo.client_session import ClientSession
from pymongo.database import Database
from pymongo.errors import OperationFailure

from services.chassis.core.settings import Settings, WrongSetting

PARAMETER = "minSnapshotHistoryWindowInSeconds"
RAW = CodecOptions(document_class=RawBSONDocument)
NEAR = ReadPreference.SECONDARY_PREFERRED
NOT_ALLOWED = 13
TRIES = 5


def client_of_one_member(settings: Settings) -> MongoClient:
    """Open a client that speaks with one member only: history is kept, and its length set, by each member for itself."""
    return MongoClient(
        settings.mongodb_uri,
        appname="backup",
        tz_aware=True,
        read_preference=NEAR,
        server_selector=_one,
        serverSelectionTimeoutMS=10_000,
    )


def _one(servers: list) -> list:
    """Give the first of the secondaries, else what there is."""
    secondaries = [one for one in servers if one.server_type_name == "RSSecondary"]
    return sorted(secondaries or servers, key=lambda one: one.address)[:1]


@contextmanager
def history(client: MongoClient, seconds: int, say: Callable[[str], None]) -> Iterator[None]:
    """Let the member keep so much history for the length of the block; raises WrongSetting where it keeps less and that stays so."""
    admin = client.get_database("admin", read_preference=NEAR)
    kept = admin.command({"getParameter": 1, PARAMETER: 1}, read_preference=NEAR)[PARAMETER]
    if kept >= seconds:
        yield
        return
    try:
        admin.command({"setParameter": 1, PARAMETER: seconds}, read_preference=NEAR)
    except OperationFailure as error:
        if error.code != NOT_ALLOWED:
            raise
        raise WrongSetting(
            f"The database keeps {kept} seconds of history ({PARAMETER}), and a backup may take {seconds}: set it there, "
            "or ask for less with --window."
        ) from None
    say(f"the database keeps {seconds} seconds of history meanwhile, {kept} otherwise")
    try:
        yield
    finally:
        admin.command({"setParameter": 1, PARAMETER: kept}, read_preference=NEAR)


class Snapshot:
    """Every collection of these databases, {service: name}, as they were at one moment."""

    def __init__(self, client: MongoClient, session: ClientSession, databases: dict[str, str]):
        self._session = session
        self.databases = {
            service: client.get_database(name, read_preference=NEAR) for service, name in databases.items()
        }
        for _ in range(TRIES):
            self.collections = self._list()
            self._begin()
            # what is made or dropped between the list and the first read would be missed
            if self._list() == self.collections:
                return
        raise WrongSetting("Collections come and go: wait until `declare` has ended, and try again.")

    @property
    def point(self):
        """The moment, as the database counts it."""
        return self._session._snapshot_time

    def documents(self, service: str, collection: str) -> Iterator[bytes]:
        """Give each document's bytes, in the order in which the database holds them."""
        raw: Database = self.databases[service].with_options(codec_options=RAW)
        with raw[collection].find({}, session=self._session) as found:
            for one in found:
                yield one.raw

    def look(self, service: str, what: Callable[[Database], dict]) -> dict:
        """Ask a database about the same moment."""
        with self._session.bind(end_session=False):
            return what(self.databases[service])

    def expected(self) -> int:
        """About how many documents there are, by the database's own book."""
        return sum(
            self.databases[service][name].estimated_document_count() for service, name, _ in self.collections
        )

    def _list(self) -> list[tuple[str, str, dict]]:
        return sorted(
            (
                (service, told["name"], dict(told.get("options", {})))
                for service, database in self.databases.items()
                for told in database.list_collections(filter={"type": "collection"})
                if not told["name"].startswith("system.")
            ),
            key=lambda one: one[:2],
        )

    def _begin(self) -> None:
        for service, name, _ in self.collections[:1]:
            self.databases[service][name].find_one({}, {"_id": 1}, session=self._session)
