"""The statistics department as a reader of its stream, with its own credentials."""

import threading
from urllib.parse import quote, urlsplit

from services.chassis.amqp import transport


class Reader:
    """Reads a department's stream from its first event in the background, and keeps what it read."""

    def __init__(self, amqp_uri: str, credentials: dict):
        broker, login = urlsplit(amqp_uri), f"{quote(credentials['user'])}:{quote(credentials['password'])}"
        own = broker._replace(netloc=f"{login}@{broker.netloc.rpartition('@')[2]}").geturl()
        self.uri = transport.in_virtual_host(own, credentials["vhost"])
        self.stream = credentials["stream"]
        self.events: list[dict] = []
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._read, daemon=True)

    def __enter__(self) -> "Reader":
        self._thread.start()
        return self

    def __exit__(self, *_) -> None:
        self._stop.set()
        self._thread.join(10)

    def _read(self) -> None:
        connection = transport.connect(self.uri, "statistics department")
        try:
            channel = connection.channel()
            channel.basic_qos(0, 100, False)
            channel.basic_consume(self.stream, callback=self._keep, arguments={"x-stream-offset": "first"})
            while not self._stop.is_set():
                transport.drain(connection, 0.2)
        finally:
            transport.close_quietly(connection)

    def _keep(self, message) -> None:
        headers = message.headers
        event = {name.removeprefix("cloudEvents:"): value for name, value in headers.items() if ":" in name}
        body = message.body
        self.events.append({**event, "data": body if isinstance(body, str) else body.decode()})
        message.channel.basic_ack(message.delivery_tag)

    def names(self, since: int = 0) -> list[str]:
        """Give the names of the events read since the given count."""
        return [event["type"].removeprefix("xiangzhi.").rsplit(".v", 1)[0] for event in self.events[since:]]

    def out_of_order(self) -> list[str]:
        """Give the ids of the events that came after a later one of their aggregate; duplicates do not count."""
        last: dict[str, int] = {}
        seen: set[str] = set()
        wrong = []
        for event in self.events:
            if event["id"] in seen:
                continue
            seen.add(event["id"])
            sequence = int(event["sequence"])
            if sequence <= last.get(event["partitionkey"], 0):
                wrong.append(event["id"])
            last[event["partitionkey"]] = sequence
        return wrong
