"""The two platforms: real processes each, on one broker and one database server, filled before they start."""

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pymongo import MongoClient

from benchmarks.scale.filling import fill
from tests.county.scene import SERVICES, County
from tests.county.size import Size
from tests.e2e.platform import Platform

CACHE = "4G"
"""What the database server may keep in memory: a county's server with 24 GiB gives MongoDB 11 by default."""
QUIET_SECONDS = 120
WAITING = {"pending_since": {"$exists": True}}


@dataclass
class Filled:
    """A running platform with the county in it."""

    name: str
    platform: Platform
    county: County
    size: Size

    def quiet(self) -> None:
        """Wait until every event that was written has been published and heard."""
        for service in SERVICES:
            collections = self._with_outbox(service)
            self.platform.wait_for(
                lambda found=collections: not any(one.find_one(WAITING, {"_id": 1}) for one in found),
                QUIET_SECONDS,
                lambda service=service: f"for the outboxes of {service}",
            )

    def _with_outbox(self, service: str) -> list:
        database = self.platform.database(service)
        names = database.list_collection_names()
        return [database[name] for name in names if "pending" in database[name].index_information()]


@contextlib.contextmanager
def both(large: Size, small: Size) -> Iterator[tuple[Filled, Filled]]:
    """Fill and start both platforms for the time of the block: (large, small)."""
    addresses = {name: os.environ[name] for name in ("AMQP_URI", "MONGODB_URI", "RABBITMQ_MANAGEMENT_URI")}
    with MongoClient(addresses["MONGODB_URI"]) as client:
        client.admin.command("setParameter", 1, wiredTigerEngineRuntimeConfig=f"cache_size={CACHE}")
    state = Path(os.environ["XIANGZHI_STATE"])
    with contextlib.ExitStack() as stack:
        found = []
        for name, size in (("large", large), ("small", small)):
            platform = Platform(state / name, addresses, RETRY_DELAYS="1,10")
            stack.callback(platform.stop)
            platform.run("python", "-m", "services.chassis.runtime.load")
            found.append(Filled(name, platform, fill(platform.settings, size, name), size))
        with MongoClient(addresses["MONGODB_URI"]) as client:
            # else the first of its checkpoints would write the new data out while it is measured
            client.admin.command("fsync")
        for filled in found:
            filled.platform.start()
            filled.quiet()
        yield tuple(found)
