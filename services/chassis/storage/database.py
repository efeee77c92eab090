"""The service's own MongoDB database: one client per process, majority writes, named after the service."""

from pymongo import MongoClient
from pymongo.collection import Collection
from pymongo.database import Database
from pymongo.write_concern import WriteConcern

from services.chassis.amqp.wake_ups import ANYTHING, OUTBOX, WakeUpNotifier
from services.chassis.core.settings import Settings
from services.chassis.storage import traced_commands
from services.chassis.storage.field_encryption import Vault


class _Collection(Collection):
    """A collection whose writes leave the write concern to the transaction also where the session is bound.

    pymongo 4.20 does so only for a session that is passed as an argument; the server refuses the other.
    """

    def _write_concern_for(self, session):
        return super()._write_concern_for(session or self.database.client._get_bound_session())


class ServiceDatabase(Database):
    """A service's database with the vault of its personal data."""

    wake_ups: WakeUpNotifier | None = None

    def __init__(self, client: MongoClient, name: str, settings: Settings, **options):
        super().__init__(client, name, **options)
        self.vault = Vault(self, settings)

    def __getitem__(self, name: str) -> Collection:
        return _Collection(self, name)


def connect(settings: Settings, service: str, process: str = "") -> ServiceDatabase:
    """Open the database of a service; the client names its `process`, so that the server's profile shows who asked.

    The connection is made by the first command, not here.
    """
    client: MongoClient = MongoClient(
        settings.mongodb_uri,
        appname=process or service,
        tz_aware=True,
        maxPoolSize=settings.max_workers + 8,
        serverSelectionTimeoutMS=5000,
        retryWrites=True,
        retryReads=True,
        event_listeners=traced_commands.listeners(),
    )
    name = f"{settings.database_prefix}_{service}"
    return ServiceDatabase(client, name, settings, write_concern=WriteConcern("majority", wtimeout=10_000))


def wake_up(database: Database, collection: str = ANYTHING, what: str = OUTBOX) -> None:
    """Tell who waits for this service that a write is committed; without a notifier their sweeps find it."""
    if isinstance(database, ServiceDatabase) and database.wake_ups:
        database.wake_ups.notify(collection, what)
