"""The recorder: a process that reads a queue bound to everything and writes down what came, in the order it came.

`python -m tests.faults.recorder FILE`: one JSON line for each delivery, repeated ones too. A delivery is acknowledged
only after its line is written, so that a cut connection or a restarted broker makes duplicates and no gaps.
"""

import json
import sys
import time
from pathlib import Path

from services.chassis.amqp import topology, transport
from services.chassis.amqp.topology import EXCHANGE
from services.chassis.amqp.transport import Connection
from services.chassis.core.settings import Settings
from services.chassis.events.event import PREFIX

QUEUE = "faults.recorder"
PREFETCH = 500


def declare(connection: Connection) -> None:
    """Declare the durable queue before anything is published."""
    with connection.channel() as channel:
        channel.queue_declare(QUEUE, durable=True, auto_delete=False, arguments=topology.quorum(None))
        channel.queue_bind(QUEUE, EXCHANGE, topology.EVERYTHING)


def record(uri: str, path: Path) -> None:
    """Record for ever; the process is ended by a signal."""
    with path.open("a", encoding="utf-8") as file:
        while True:
            connection = None
            try:
                connection = transport.connect(uri, "recorder")
                _record(connection, file)
            except transport.OUTAGES:
                transport.close_quietly(connection)
                time.sleep(0.3)


def _record(connection: Connection, file) -> None:
    channel = connection.channel()
    channel.auto_decode = False
    channel.basic_qos(0, PREFETCH, False)
    arrived = []
    channel.basic_consume(QUEUE, callback=arrived.append)
    while True:
        connection.heartbeat_tick()
        try:
            connection.drain_events(timeout=0.5)
        except TimeoutError:
            continue
        if not arrived:
            continue
        file.writelines(line_of(message) for message in arrived)
        file.flush()
        channel.basic_ack(arrived[-1].delivery_tag, multiple=True)
        arrived.clear()


def line_of(message) -> str:
    """Give one delivery as a line: {id, source, subject, sequence, type, data}."""
    headers = message.properties.get("application_headers") or {}
    said = {name: headers.get(PREFIX + name, "") for name in ("id", "source", "subject", "type")}
    said["sequence"] = int(headers.get(PREFIX + "sequence", "0"))
    said["data"] = json.loads(message.body)
    return json.dumps(said, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    record(Settings.from_environment().amqp_uri, Path(sys.argv[1]))
