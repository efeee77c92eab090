"""Broker and database: the ones the user gave, or the stack's own."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field

from deploy.local import broker, database
from deploy.local.folders import Folder
from deploy.local.given import check
from deploy.local.processes import Child
from deploy.local.progress import say


@dataclass
class Infra:
    """Where broker and database are, and the processes that belong to us."""

    addresses: dict[str, str] = field(default_factory=dict)
    parts: list[tuple[broker.Broker | database.Database, Child]] = field(default_factory=list)

    @property
    def children(self) -> list[Child]:
        """The processes of the parts."""
        return [child for _, child in self.parts]

    def wait_ready(self) -> None:
        """Wait until every part answers; Refusal when one dies or takes too long."""
        for part, child in self.parts:
            part.wait_ready(child)


def start(folder: Folder, given: Mapping[str, str] = os.environ) -> Infra:
    """Start what was not given and wait until it is ready; on Refusal the caller ends what had started."""
    infra = Infra()
    own_broker, own_database = not given.get("AMQP_URI"), not given.get("MONGODB_URI")
    check(given)
    # Both are installed before either is started, and both start at the same time.
    script = broker.prepare() if own_broker else None
    mongod = database.prepare() if own_database else None
    folder.make()
    if mongod:
        data = database.Database(folder)
        say(f"starting MongoDB on 127.0.0.1:{data.port}")
        infra.parts.append((data, data.start(mongod)))
        infra.addresses["MONGODB_URI"] = data.uri
    if script:
        node = broker.Broker(folder)
        say(f"starting RabbitMQ on 127.0.0.1:{node.ports['amqp']}")
        infra.parts.append((node, node.start(script)))
        infra.addresses |= {"AMQP_URI": node.amqp_uri, "RABBITMQ_MANAGEMENT_URI": node.management_uri}
    infra.wait_ready()
    names = ("AMQP_URI", "MONGODB_URI", "RABBITMQ_MANAGEMENT_URI")
    infra.addresses |= {name: given[name] for name in names if name not in infra.addresses}
    return infra
