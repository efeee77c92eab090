"""Declare exchanges, queues, bindings and indexes of every service, and migrate its documents:
`python -m services.chassis.runtime.declare [--prune]`.

Runs at deployment, before any service starts: a queue that exists only from its consumer's first start misses
what was published before; and once more when the last process of the version before has ended: it moves what that
one has written meanwhile (see migrations.py). Idempotent, also two at once. Bindings that no `hears` declares any more are removed only with
--prune. Exit code 1: something is away or refuses, do it again; 2: what is wrong has to be mended first.
"""

import argparse
import inspect
import logging
import sys
from contextlib import suppress

from amqp.exceptions import AMQPError
from pymongo import IndexModel
from pymongo.database import Database
from pymongo.errors import CollectionInvalid, OperationFailure, PyMongoError

from services.chassis.amqp import topology, transport
from services.chassis.amqp.transport import Connection
from services.chassis.core import logs
from services.chassis.core.settings import Settings, WrongSetting
from services.chassis.daemons.lease import LEASES
from services.chassis.events import archive
from services.chassis.listeners import poison_messages
from services.chassis.runtime.discovery import service_classes, settings_of
from services.chassis.runtime.hosted import Hosted
from services.chassis.runtime.migrations import MIGRATIONS, migrate
from services.chassis.runtime.prune import prune_service
from services.chassis.storage import inbox
from services.chassis.storage.database import connect
from services.chassis.storage.faults import told_of
from services.chassis.storage.key_rotation import personal_stores

log = logging.getLogger("services.chassis.runtime.declare")

CHASSIS_INDEXES: dict[str, tuple[IndexModel, ...]] = {
    archive.EVENTS: archive.INDEXES,
    inbox.INBOX: inbox.INDEXES,
    poison_messages.POISON_MESSAGES: poison_messages.INDEXES,
}
NAMESPACE_EXISTS = 48
CHASSIS_COLLECTIONS = (*CHASSIS_INDEXES, "held", "heartbeats", LEASES, MIGRATIONS)


def heard_by(service: type[Hosted]) -> dict[str, list[str]]:
    """Give the queues of a service class with the keys that bind each of them."""
    queues: dict[str, list[str]] = {}
    for _, method in inspect.getmembers(service, inspect.isfunction):
        declaration = getattr(method, "hears", None)
        if declaration:
            queues.setdefault(topology.queue_name(service.name, declaration.queue), []).extend(
                declaration.keys
            )
    return queues


def declare_service(connection: Connection, settings: Settings, service: type[Hosted]) -> str:
    """Declare what one service needs; gives one line that says what there is. Raises OtherArguments."""
    queues = heard_by(service)
    for queue, keys in queues.items():
        with connection.channel() as channel:
            topology.declare_listening(channel, queue, keys)
    database = connect(settings, service.name)
    try:
        if personal_stores(service, database):
            database.vault.prove()
        collections = create_indexes(database, settings, service)
        schema = migrate(database, getattr(service, "migrations", ()))
    finally:
        database.client.close()
    bindings = sum(len(keys) for keys in queues.values())
    there = f"{len(queues)} queues, {bindings} bindings, indexes of {collections} collections"
    return f"{service.name}: {there}, {schema}"


def indexed(service: type[Hosted]) -> list:
    """Give what the service `Provided` and what has indexes: each is made from a database and then creates them."""
    makers = {m.make for _, m in inspect.getmembers(service) if hasattr(m, "make")}
    return [make for make in makers if hasattr(make, "create_indexes")]


def create_indexes(database: Database, settings: Settings, service: type[Hosted]) -> int:
    """Create the indexes of the chassis and of all that the service `Provided`; gives the number of those."""
    there = set(database.list_collection_names())
    for name in CHASSIS_COLLECTIONS:
        # a transaction must not be the first to touch a collection
        if name not in there:
            _make(database, name)
        if name in CHASSIS_INDEXES:
            database[name].create_indexes(list(CHASSIS_INDEXES[name]))
    stores = indexed(service)
    for make in stores:
        from_platform = getattr(make, "from_platform", None)
        built = from_platform(database, settings) if from_platform else make(database)
        built.create_indexes()
    return len(CHASSIS_COLLECTIONS) + len(stores)


def _make(database: Database, name: str) -> None:
    """Make a collection, unless another `declare` has made it meanwhile; which of the two errors says so is a matter of moments."""
    try:
        with suppress(CollectionInvalid):
            database.create_collection(name)
    except OperationFailure as error:
        if error.code != NAMESPACE_EXISTS:
            raise


def declare_all(settings: Settings, found: list[type[Hosted]], prune: bool = False) -> None:
    """Declare everything for these service classes and print one line for each."""
    connection = transport.connect(settings.amqp_uri, "declare")
    try:
        with connection.channel() as channel:
            topology.declare_shared(channel, settings.retry_delays)
        for service in found:
            print(declare_service(connection, settings, service), flush=True)
            if prune:
                for line in prune_service(connection, settings, service.name, heard_by(service)):
                    print(line, flush=True)
    finally:
        transport.close_quietly(connection)


def main(arguments: list[str]) -> int:
    """Declare for every service; gives the exit code."""
    parser = argparse.ArgumentParser(prog="python -m services.chassis.runtime.declare", description=__doc__)
    parser.add_argument("--prune", action="store_true", help="remove bindings that are no longer declared")
    options = parser.parse_args(arguments)
    try:
        found = list(service_classes())
        settings = settings_of(*found)
        logs.set_up("declare", settings.log_level)
        declare_all(settings, found, options.prune)
    except (WrongSetting, topology.OtherArguments) as wrong:
        print(wrong, file=sys.stderr)
        return 2
    except (OSError, AMQPError, PyMongoError) as error:
        print(
            f"RabbitMQ or MongoDB cannot be used ({told_of(error)}): start it and declare again.",
            file=sys.stderr,
        )
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
