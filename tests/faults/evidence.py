"""The evidence: what database, broker and recorder hold when everything has come to rest, read from the outside."""

import json
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from services.chassis.amqp import transport
from services.chassis.operations.dead_letter_queue import DeadLetterQueue
from tests.e2e.platform import Platform, management
from tests.faults.scene import SERVICES

WRITTEN = {
    "identity": ("residents",),
    "affairs": ("applications",),
    "market": ("listings", "orders"),
    "integrity": ("reports",),
}
COPIES = ("affairs", "market", "integrity", "latecomer")
OUTBOX = {"$or": [{"pending_since": {"$exists": True}}, {"outbox.0": {"$exists": True}}]}
SHOWN = {"version": 1, "region": 1, "state": 1, "stock": 1, "reserved": 1, "price_fen": 1, "quantity": 1}
SHOWN |= {"requests.key": 1, "certified": 1}


@dataclass
class Evidence:
    """Plain data. An event is known by (source, subject, sequence), a document by (service, collection, id)."""

    archived: dict[tuple[str, str, int], dict]
    wire: list[dict]
    applied: dict[str, dict[str, list[int]]]
    documents: dict[tuple[str, str, str], dict]
    notices: Counter
    copies: dict[str, dict[str, dict]]
    stuck: list[str]
    dead: list[str]


def gather(platform: Platform, wire: Path, late: bool = True) -> Evidence:
    """Read everything there is."""
    return Evidence(
        archived=_archived(platform),
        wire=[json.loads(line) for line in wire.read_text(encoding="utf-8").splitlines()],
        applied={
            name: _applied(platform, name) for name in ("witness", "latecomer") if late or name == "witness"
        },
        documents=_documents(platform),
        notices=_notices(platform),
        copies={name: _people(platform, name) for name in COPIES if late or name != "latecomer"},
        stuck=stuck(platform),
        dead=_dead(platform),
    )


def stuck(platform: Platform) -> list[str]:
    """Give every document whose events wait, every held aggregate, and every queue with messages."""
    found = []
    for service in (*SERVICES, "witness", "latecomer"):
        database = platform.database(service)
        for name in database.list_collection_names():
            found += [
                f"outbox of {service}.{name} {one['_id']}" for one in database[name].find(OUTBOX, {"_id": 1})
            ]
        found += [f"held in {service}: {one['_id']} {one['pending']}" for one in database.held.find()]
    return found + [f"{count} messages in {queue}" for queue, count in queues(platform).items() if count]


def queues(platform: Platform) -> dict[str, int]:
    """Give the messages that wait in every durable queue but the dead letters'."""
    vhost = quote(transport.virtual_host(platform.settings.amqp_uri), safe="")
    there = management(platform.settings.rabbitmq_management_uri, "GET", f"queues/{vhost}").json()
    names = [one["name"] for one in there if one["durable"] and one["name"] != "xiangzhi.dead-letters"]
    connection = transport.connect(platform.settings.amqp_uri, "evidence")
    try:
        with connection.channel() as channel:
            return {name: channel.queue_declare(name, passive=True).message_count for name in names}
    finally:
        transport.close_quietly(connection)


def wait_for_rest(platform: Platform, wire: Path, late: bool, seconds: float) -> float:
    """Wait until nothing is on its way; gives the seconds. In vain, the checks will say what is missing."""
    began = time.monotonic()
    names = ("witness", "latecomer") if late else ("witness",)
    while time.monotonic() - began < seconds and not _at_rest(platform, wire, names):
        platform.let_the_hour_pass()
        time.sleep(1)
    return time.monotonic() - began


def _at_rest(platform: Platform, wire: Path, names: tuple[str, ...]) -> bool:
    # counted, not estimated: the estimate is wrong after a killed mongod
    total = sum(platform.database(service).events.count_documents({}) for service in SERVICES)
    if min(_number_applied(platform, name) for name in names) < total:
        return False
    if [one for one in stuck(platform) if "latecomer" not in one or "latecomer" in names]:
        return False
    lines = (json.loads(line) for line in wire.read_text(encoding="utf-8").splitlines())
    return len({(line["source"], line["id"]) for line in lines}) >= total


def _number_applied(platform: Platform, name: str) -> int:
    count = {"$group": {"_id": None, "number": {"$sum": {"$size": "$seen"}}}}
    return next((one["number"] for one in platform.database(name).tally.aggregate([count])), 0)


def _archived(platform: Platform) -> dict[tuple[str, str, int], dict]:
    found = {}
    for service in SERVICES:
        for event in platform.database(service).events.find():
            found[event["source"], event["subject"], event["sequence"]] = event
    return found


def _applied(platform: Platform, name: str) -> dict[str, list[int]]:
    return {one["_id"]: one["seen"] for one in platform.database(name).tally.find()}


def _documents(platform: Platform) -> dict[tuple[str, str, str], dict]:
    return {
        (service, collection, one["_id"]): one
        for service, collections in WRITTEN.items()
        for collection in collections
        for one in platform.database(service)[collection].find({}, SHOWN)
    }


def _notices(platform: Platform) -> Counter:
    found = platform.database("identity").notices.find({}, {"person": 1, "about": 1, "subject": 1})
    return Counter((one["person"], one["about"], one["subject"]) for one in found)


def _people(platform: Platform, service: str) -> dict[str, dict]:
    return {one["_id"]: one for one in platform.database(service).people.find()}


def _dead(platform: Platform) -> list[str]:
    connection = transport.connect(platform.settings.amqp_uri, "evidence")
    try:
        letters = DeadLetterQueue(connection)
        found = [letter.id for letter in letters.all()]
        letters.close()
        return found
    finally:
        transport.close_quietly(connection)
