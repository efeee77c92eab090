"""A place of their own for the tests of events: virtual host, databases, processes."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote, urlsplit

import amqp
import requests
from pymongo import MongoClient

from services.chassis.amqp import publishing, transport
from services.chassis.amqp.topology import EXCHANGE
from services.chassis.core.settings import Settings
from services.chassis.events.event import Envelope, routing_key, to_message

ROOT = Path(__file__).resolve().parents[3]
PATIENCE = 60.0
DELAYS = "0.1,0.3"
GOING = (404, 500)
"""What the management API answers to who closes a connection that is gone, or just going."""


def eventually(check: Callable, patience: float = PATIENCE, what: str = ""):
    """Give the first true value of `check`; fails after `patience` seconds."""
    end = time.monotonic() + patience
    while not (seen := check()):
        if time.monotonic() > end:
            raise AssertionError(f"did not come true in {patience:g} s: {what or check}")
        time.sleep(0.03)
    return seen


class Process:
    """A child of the test with its output; restarted when it dies, if asked to."""

    def __init__(self, arguments: list[str], env: dict, restarts: bool = False):
        self.arguments, self.env, self.restarts = arguments, env, restarts
        self.output: list[str] = []
        self.starts = 0
        self.ending = False
        self.child = self._start()

    def said(self, text: str) -> bool:
        """Tell whether a line of its output holds the text."""
        return any(text in line for line in list(self.output))

    def end(self, how: int = signal.SIGTERM, patience: float = PATIENCE) -> int:
        """Send the signal and wait; gives the exit code."""
        self.ending = True
        if self.child.poll() is None:
            self.child.send_signal(how)
        return self.child.wait(patience)

    def _start(self) -> subprocess.Popen:
        into = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
        child = subprocess.Popen(self.arguments, env=self.env, cwd=ROOT, **into)
        self.starts += 1
        threading.Thread(target=self._read, args=(child,), daemon=True).start()
        return child

    def _read(self, child: subprocess.Popen) -> None:
        for line in child.stdout:
            self.output.append(line.rstrip())
        child.wait()
        if self.restarts and not self.ending:
            self.child = self._start()


@dataclass
class Place:
    """One virtual host and one set of databases."""

    vhost: str
    settings: Settings
    management: str
    processes: list[Process] = field(default_factory=list)

    @property
    def mongo(self) -> MongoClient:
        if not hasattr(self, "_mongo"):
            self._mongo = MongoClient(self.settings.mongodb_uri, tz_aware=True)
        return self._mongo

    def database(self, service: str):
        return self.mongo[f"{self.settings.database_prefix}_{service}"]

    def env(self, **more) -> dict:
        own = {
            "AMQP_URI": self.settings.amqp_uri,
            "MONGODB_URI": self.settings.mongodb_uri,
            "RABBITMQ_MANAGEMENT_URI": self.management,
            "DATABASE_PREFIX": self.settings.database_prefix,
            "RETRY_DELAYS": ",".join(str(d) for d in self.settings.retry_delays),
            "LOG_LEVEL": "DEBUG",
            "PYTHONPATH": str(ROOT),
            "PYTHONUNBUFFERED": "1",
        }
        return {**os.environ, **own, **more}

    def run(self, *arguments: str, restarts: bool = False, **more) -> Process:
        process = Process([sys.executable, *arguments], self.env(**more), restarts)
        self.processes.append(process)
        return process

    def relay(self, service: str, **more) -> Process:
        return self.run("-m", "services.chassis.relay", service, **more)

    def listener(self, restarts: bool = False, **more) -> Process:
        host = Path(__file__).with_name("events_host.py")
        return self.run(str(host), restarts=restarts, **more)

    def command(self, module: str, *arguments: str, **more) -> subprocess.CompletedProcess:
        words = [sys.executable, "-m", f"services.chassis.{module}", *arguments]
        how = {"capture_output": True, "text": True, "timeout": PATIENCE, "check": False}
        return subprocess.run(words, env=self.env(**more), cwd=ROOT, **how)

    def connect(self) -> transport.Connection:
        return transport.connect(self.settings.amqp_uri, "test", heartbeat=0)

    def publish(self, *events: Envelope, queue: str = "", **headers) -> None:
        """Publish events as a relay would, or straight to a queue, with more headers."""
        connection = self.connect()
        messages = []
        for event in events:
            body, properties = to_message(event)
            properties["headers"] |= headers
            target = ("", queue) if queue else (EXCHANGE, routing_key(event))
            messages.append(publishing.Outgoing(*target, body, properties))
        refused = publishing.ConfirmingChannel(connection).publish(messages)
        connection.close()
        assert not refused

    def publish_raw(self, queue: str, body: bytes, **properties) -> None:
        with self.connect() as connection:
            connection.channel().basic_publish(amqp.Message(body, **properties), "", queue)

    def depth(self, queue: str) -> int:
        """Give the number of ready messages."""
        with self.connect() as connection:
            return connection.channel().queue_declare(queue, passive=True).message_count

    def drained(self, queue: str) -> list[amqp.Message]:
        """Take every message out of a queue."""
        taken = []
        with self.connect() as connection:
            channel = connection.channel()
            while message := channel.basic_get(queue, no_ack=True):
                taken.append(message)
        return taken

    def cut_connections(self, named: str = "", least: int = 1) -> None:
        """Close the connections to this virtual host whose name begins so, as an operator would; waits for so many."""
        path = f"/api/vhosts/{quote(self.vhost, safe='')}/connections"

        def cut() -> bool:
            rows = api(self.management, "GET", path).json()
            client = [(r["name"], r.get("client_properties", {}).get("connection_name", "")) for r in rows]
            names = [quote(name, safe="") for name, given in client if given.startswith(named)]
            if len(names) < least:
                return False
            answers = [api(self.management, "DELETE", f"/api/connections/{n}", fine=GOING) for n in names]
            return any(answer.status_code == 204 for answer in answers)

        # the management API learns some seconds late of a connection, and of its end
        eventually(cut, what=f"a connection {named} to cut")

    def end_processes(self) -> None:
        for process in self.processes:
            process.end(signal.SIGKILL)
        self.processes.clear()

    def clear(self) -> None:
        """Remove everything; the place cannot be used any more."""
        self.end_processes()
        api(self.management, "DELETE", f"/api/vhosts/{quote(self.vhost, safe='')}")
        for name in self.mongo.list_database_names():
            if name.startswith(self.settings.database_prefix + "_"):
                self.mongo.drop_database(name)
        self.mongo.close()


def new_place(delays: str = DELAYS) -> Place:
    """Make a virtual host and name databases that nobody else uses."""
    given = Settings.from_environment()
    name = f"test-events-{uuid.uuid4().hex[:8]}"
    api(given.rabbitmq_management_uri, "PUT", f"/api/vhosts/{name}")
    parts = urlsplit(given.amqp_uri)
    uri = parts._replace(path=f"/{name}").geturl()
    user = parts.username or "guest"
    api(
        given.rabbitmq_management_uri,
        "PUT",
        f"/api/permissions/{name}/{user}",
        {"configure": ".*", "write": ".*", "read": ".*"},
    )
    environ = {"AMQP_URI": uri, "MONGODB_URI": given.mongodb_uri, "DATABASE_PREFIX": name}
    environ |= {"RETRY_DELAYS": delays, "RABBITMQ_MANAGEMENT_URI": given.rabbitmq_management_uri}
    return Place(name, Settings.from_environment(environ), given.rabbitmq_management_uri)


def api(base: str, method: str, path: str, body: dict | None = None, fine=(404,)) -> requests.Response:
    """Ask RabbitMQ's management API; raises requests.HTTPError for a refusal that is not `fine`."""
    parts = urlsplit(base)
    address = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
    who = (parts.username, parts.password)
    answer = requests.request(method, address + path, json=body, auth=who, timeout=20)
    if answer.status_code not in fine:
        answer.raise_for_status()
    return answer


def event(subject: str, sequence: int, verb: str = "happened", version: int = 1, **data) -> Envelope:
    """Make an event of the aggregate `subject`."""
    return Envelope(
        id=f"{subject}:{sequence}",
        type=f"xiangzhi.test.thing.{verb}.v{version}",
        source="/xiangzhi/test",
        subject=subject,
        time=datetime.now(UTC),
        region="510183103204",
        sequence=sequence,
        data=data,
        correlation=f"c-{subject}",
        partitionkey=subject,
    )


class Bridge:
    """A TCP bridge to MongoDB that can be taken away: an outage for one process only."""

    def __init__(self, uri: str):
        host = urlsplit(uri).netloc.rpartition("@")[2].partition(",")[0]
        name, _, port = host.partition(":")
        self.target = (name, int(port or 27017))
        self.server = socket.create_server(("127.0.0.1", 0))
        self.port = self.server.getsockname()[1]
        self.open = True
        self.pairs: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def uri(self) -> str:
        return f"mongodb://127.0.0.1:{self.port}/?directConnection=true"

    def take_away(self) -> None:
        """Cut every connection and refuse new ones."""
        self.open = False
        for end in self.pairs:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        self.pairs.clear()

    def bring_back(self) -> None:
        """Let connections through again."""
        self.open = True

    def close(self) -> None:
        self.take_away()
        self.server.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = self.server.accept()
                if not self.open:
                    near.close()
                    continue
                far = socket.create_connection(self.target)
                self.pairs += [near, far]
                for ends in ((near, far), (far, near)):
                    threading.Thread(target=self._carry, args=ends, daemon=True).start()

    @staticmethod
    def _carry(source: socket.socket, sink: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                sink.sendall(data)
        for end in (source, sink):
            with contextlib.suppress(OSError):
                end.close()
