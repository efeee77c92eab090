"""Tampering: the proof that the checks can fail. Each crime is done to the real data, and one check must see it."""

import json
import time
from collections.abc import Callable
from pathlib import Path

from services.chassis.amqp import transport
from services.chassis.amqp.publishing import ConfirmingChannel, Outgoing
from tests.e2e.platform import Platform

CHANGED = "xiangzhi.market.listing.changed.v1"
RESERVED = "xiangzhi.market.listing.reserved.v1"


def crimes(platform: Platform, wire: Path) -> list[tuple[str, str, Callable[[], object]]]:
    """Give every crime: the check that must see it, what is done, and the doing."""
    market, identity, witness = (platform.database(name) for name in ("market", "identity", "witness"))
    victims = list(market.events.find({"type": CHANGED}).sort("_id", 1).limit(4))
    again = {**victims[2], "sequence": 999, "id": "again", "_id": "again"}
    shelf = market.events.find_one({"type": RESERVED})["subject"]
    doubled = {"_id": witness.tally.find_one({"seen.0": 1})["_id"]}
    waiting = {"$set": {"pending_since": victims[3]["time"]}}
    return [
        (
            "acknowledged writes lost",
            "an acknowledged key was taken out of its document",
            lambda: market.listings.update_one({"_id": victims[0]["subject"]}, {"$pop": {"requests": 1}}),
        ),
        (
            "acknowledged writes lost",
            "a document was set back to an earlier price",
            lambda: market.listings.update_one({"_id": victims[1]["subject"]}, {"$set": {"price_fen": 1}}),
        ),
        (
            "events lost",
            "an event was deleted from an archive",
            lambda: market.events.delete_one({"_id": victims[1]["_id"]}),
        ),
        (
            "writes done twice",
            "a write's event was told a second time, under another number",
            lambda: market.events.insert_one(again),
        ),
        ("effects missing", "a notice was deleted", lambda: identity.notices.delete_one({})),
        (
            "effects applied twice",
            "an event was applied a second time by the witness",
            lambda: witness.tally.update_one(doubled, {"$push": {"seen": 1}}),
        ),
        (
            "effects applied twice",
            "an order's boxes were given back a second time",
            lambda: market.listings.update_one({"_id": shelf}, {"$inc": {"stock": 1}}),
        ),
        ("out of order", "two deliveries of one aggregate changed places", lambda: _swap(wire)),
        (
            "stuck outboxes",
            "an outbox waits",
            lambda: market.listings.update_one({"_id": victims[3]["subject"]}, waiting),
        ),
        (
            "copies unlike a recount",
            "a copy of a resident was altered",
            lambda: market.people.update_one({}, {"$set": {"certified": "altered"}}),
        ),
        (
            "dead letters not poisoned",
            "a message was poisoned that nobody knows of",
            lambda: _poison(platform),
        ),
    ]


def _swap(wire: Path) -> None:
    """Exchange the first deliveries of the first two events of an aggregate."""
    lines = wire.read_text(encoding="utf-8").splitlines()
    first: dict[tuple[str, str], dict[int, int]] = {}
    for place, line in enumerate(lines):
        one = json.loads(line)
        places = first.setdefault((one["source"], one["subject"]), {})
        places.setdefault(one["sequence"], place)
        if {1, 2} <= places.keys():
            lines[places[1]], lines[places[2]] = lines[places[2]], lines[places[1]]
            break
    wire.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _poison(platform: Platform) -> None:
    connection = transport.connect(platform.settings.amqp_uri, "tampering")
    message = Outgoing("", "market.people.v1", b"{", {"message_id": "unknown", "delivery_mode": 2})
    ConfirmingChannel(connection).publish([message])
    transport.close_quietly(connection)
    # the listener gives it up at once; the checks read the dead letters after that
    time.sleep(3)
