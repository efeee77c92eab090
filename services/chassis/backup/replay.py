"""Tell events once more: `python -m services.chassis.backup.replay --since TIME | --manifest BACKUP [--service S]`.

For a broker that was lost, alone or with everything: `declare` makes its queues, the relays tell what stands in outboxes, and this tells, from the
archives, what the broker had and had not delivered everywhere. Every event goes to all queues again, where its effect is repeatable.
TIME is when everything had surely been heard, with its zone: no earlier than that, since a document remembers its last
fifty keys, and the inbox thirty days.
"""

import argparse
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import groupby, islice
from pathlib import Path

from amqp.exceptions import AMQPError
from pymongo.database import Database
from pymongo.errors import PyMongoError

from services.chassis.amqp import transport
from services.chassis.amqp.publishing import ConfirmingChannel
from services.chassis.backup import manifest
from services.chassis.backup.records import NotABackup
from services.chassis.core.ages import HOUR, hour_of
from services.chassis.core.calls import utc_now
from services.chassis.core.settings import Settings, WrongSetting
from services.chassis.events.archive import EVENTS
from services.chassis.operations.places import databases, service_names
from services.chassis.relay.sending import message_of_entry
from services.chassis.storage.faults import told_of
from services.chassis.storage.inbox import KEPT

say = partial(print, file=sys.stderr, flush=True)


def events_since(database: Database, since: datetime) -> Iterator[dict]:
    """Give what a service has told since then, each aggregate's in order; what tells only the hour, from an hour earlier on.

    A report's event tells the hour of what happened and leaves after that hour's end.
    """
    hour = hour_of(since)
    asked = {"$or": [{"time": {"$gte": since}}, {"time": {"$in": [hour, hour - HOUR]}}]}
    found = database[EVENTS].find(asked).sort([("time", 1), ("_id", 1)])
    for _, together in groupby(found, key=lambda event: event["time"]):
        yield from sorted(together, key=lambda event: (event["partitionkey"], event["sequence"]))


def replay(channel: ConfirmingChannel, database: Database, since: datetime, batch: int) -> int:
    """Publish them and wait for the broker's word; gives how many. Raises ConnectionError where it does not take one."""
    told, events = 0, events_since(database, since)
    while some := list(islice(events, batch)):
        refused = channel.publish([message_of_entry(event) for event in some])
        if refused:
            event, why = next(iter(refused.items()))
            raise ConnectionError(f"the broker does not take {event}: {why}")
        told += len(some)
    return told


def only_as_far_as_effects_are_remembered(since: datetime) -> None:
    """Before that an effect could be had a second time."""
    if since.tzinfo is None:
        raise WrongSetting("Say the time with its zone: 2026-12-01T08:00:00+08:00.")
    if since < utc_now() - KEPT + timedelta(days=1):
        raise WrongSetting(f"{since.isoformat()} is too long ago: listeners remember {KEPT.days} days.")


def _since(options: argparse.Namespace) -> datetime:
    if options.manifest:
        return manifest.read(options.manifest).replay_from
    try:
        return datetime.fromisoformat(options.since)
    except ValueError:
        raise WrongSetting(f"{options.since} is no time: 2026-12-01T08:00:00+08:00.") from None


def _parser() -> argparse.ArgumentParser:
    how = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(
        prog="python -m services.chassis.backup.replay", description=__doc__, formatter_class=how
    )
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--since", metavar="TIME")
    which.add_argument("--manifest", type=Path, metavar="BACKUP", help="as the restored backup says")
    parser.add_argument("--service", action="append", help="only this service; may be repeated")
    return parser


def main(arguments: list[str]) -> int:
    """Tell them and say how many; gives the exit code."""
    options = _parser().parse_args(arguments)
    connection = None
    try:
        settings = Settings.from_environment()
        since = _since(options)
        only_as_far_as_effects_are_remembered(since)
        connection = transport.connect(settings.amqp_uri, "replay", heartbeat=0)
        channel = ConfirmingChannel(connection)
        with databases(settings, options.service or service_names()) as opened:
            for name, database in opened.items():
                told = replay(channel, database, since, settings.relay_batch)
                print(f"{name}: {told} events since {since.astimezone(UTC).isoformat()}", flush=True)
    except (WrongSetting, NotABackup) as wrong:
        say(wrong)
        return 2
    except (OSError, AMQPError, PyMongoError) as error:
        say(f"Not everything was told ({told_of(error)}): do it once more.")
        return 1
    finally:
        transport.close_quietly(connection)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
