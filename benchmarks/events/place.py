"""A virtual host and databases of their own, and the processes that run there; all gone afterwards."""

import contextlib
import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit

import requests
from pymongo.database import Database

from services.chassis.amqp import topology, transport
from services.chassis.amqp.topology import EXCHANGE
from services.chassis.core.settings import Settings
from services.chassis.storage.database import connect

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0


def wait_for(check: Callable, every: float = 0.01, patience: float = PATIENCE):
    """Give the first true value of `check`; raises TimeoutError after `patience` seconds."""
    end = time.monotonic() + patience
    while not (seen := check()):
        if time.monotonic() > end:
            raise TimeoutError(f"nothing in {patience:g} s")
        time.sleep(every)
    return seen


class Place:
    """One virtual host and one set of databases."""

    def __init__(self):
        given = Settings.from_environment()
        self.vhost = self.prefix = f"bench-{uuid.uuid4().hex[:8]}"
        self.management = given.rabbitmq_management_uri
        parts = urlsplit(given.amqp_uri)
        self._manage("PUT", f"vhosts/{self.vhost}")
        allowed = {"configure": ".*", "write": ".*", "read": ".*"}
        self._manage("PUT", f"permissions/{self.vhost}/{parts.username or 'guest'}", allowed)
        own = {"AMQP_URI": parts._replace(path=f"/{self.vhost}").geturl(), "DATABASE_PREFIX": self.prefix}
        own |= {"MONGODB_URI": given.mongodb_uri, "RABBITMQ_MANAGEMENT_URI": self.management}
        self.environment = {**os.environ, **own, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
        self.settings = Settings.from_environment(own)

    def database(self, service: str) -> Database:
        """Give a service's database."""
        return connect(self.settings, service)

    def connection(self, name: str = "bench") -> transport.Connection:
        """Open a connection to the broker."""
        return transport.connect(self.settings.amqp_uri, name, heartbeat=0)

    def queue(self, name: str, key: str = "#") -> None:
        """Declare an empty queue of the kind that listeners have, bound to the events."""
        with self.connection() as connection:
            channel = connection.channel()
            topology.declare_shared(channel, self.settings.retry_delays)
            channel.queue_delete(name)
            arguments = {**topology.listening_arguments(), "x-single-active-consumer": False}
            channel.queue_declare(name, durable=True, auto_delete=False, arguments=arguments)
            channel.queue_bind(name, EXCHANGE, key)

    def delete_queue(self, name: str) -> None:
        """Delete a queue with what is in it."""
        with self.connection() as connection:
            connection.channel().queue_delete(name)

    @contextlib.contextmanager
    def process(self, *arguments: str, **environment: str) -> Iterator[subprocess.Popen]:
        """Run `python ...` for the time of the block; its output can be read line by line."""
        into = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True, "cwd": ROOT}
        child = subprocess.Popen(
            [sys.executable, *arguments], env={**self.environment, **environment}, **into
        )
        try:
            yield child
        finally:
            child.send_signal(signal.SIGKILL)
            child.wait()
            child.stdout.close()

    def clear(self) -> None:
        """Remove everything."""
        self._manage("DELETE", f"vhosts/{self.vhost}")
        client = self.database("bench").client
        for name in client.list_database_names():
            if name.startswith(f"{self.prefix}_"):
                client.drop_database(name)
        client.close()

    def _manage(self, method: str, path: str, body: dict | None = None) -> None:
        parts = urlsplit(self.management)
        address = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
        who = (parts.username, parts.password)
        url = f"{address}/api/{quote(path)}"
        requests.request(method, url, json=body, auth=who, timeout=20).raise_for_status()


def read_until(child: subprocess.Popen, text: str) -> str:
    """Read a process's output up to the line that holds the text; raises RuntimeError where it ends before."""
    seen = []
    for line in child.stdout:
        if text in line:
            return line
        seen.append(line)
    raise RuntimeError("a measured process ended:\n" + "".join(seen[-20:]))
