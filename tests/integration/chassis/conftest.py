"""Counters to save, and for RPC: a virtual host and databases, hosts, clients, a breakable line."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
import uuid
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pymongo
import pytest
import requests

from services.chassis.core.settings import Settings
from services.chassis.events.event import DECLARED
from services.chassis.rpc.client import RpcClient
from tests.integration.chassis.counters import CounterMoved, CounterStore

HOST = Path(__file__).with_name("rpc_host.py")
BOUND = 30
"""Seconds that anything may take in these tests."""


def until(true, bound=BOUND):
    """Wait until `true()` gives something true, and give that; fails after `bound` seconds."""
    end = time.monotonic() + bound
    while time.monotonic() < end:
        found = true()
        if found:
            return found
        time.sleep(0.02)
    raise AssertionError(f"did not come true within {bound} s")


class Host:
    """One hosted test service as a process of its own."""

    def __init__(self, service, log, environment):
        self.log = log
        command = [sys.executable, str(HOST), service]
        with log.open("wb") as out:
            self.process = subprocess.Popen(command, env=environment, stdout=out, stderr=subprocess.STDOUT)

    def lines(self):
        return self.log.read_text(errors="replace")

    def started(self):
        until(lambda: '"message":"started"' in self.lines() or self.process.poll() is not None)
        assert self.process.poll() is None, self.lines()
        return self

    def stop(self, how=signal.SIGTERM):
        self.process.send_signal(how)
        return self.process.wait(BOUND)


class Line:
    """A TCP line to the broker that a test can lay and cut; nothing listens while it is cut."""

    def __init__(self, uri):
        parts = urlsplit(uri)
        self.target = parts.hostname, parts.port
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        account = parts.netloc.rpartition("@")[0]
        self.uri = urlunsplit(parts._replace(netloc=f"{account}@127.0.0.1:{self.port}"))
        self.listener = None
        self.sockets = []

    def lay(self):
        self.listener = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self._accept, args=(self.listener,), daemon=True).start()

    def cut(self):
        ends, self.sockets = self.sockets, []
        for end in [self.listener, *ends]:
            try:
                end.shutdown(socket.SHUT_RDWR)
            except (OSError, AttributeError):
                continue
            finally:
                if end:
                    end.close()
        self.listener = None

    def _accept(self, listener):
        while True:
            try:
                near, _ = listener.accept()
                far = socket.create_connection(self.target)
            except OSError:
                return
            self.sockets += [near, far]
            for pair in ((near, far), (far, near)):
                threading.Thread(target=self._carry, args=pair, daemon=True).start()

    def _carry(self, source, sink):
        try:
            while more := source.recv(65536):
                sink.sendall(more)
            sink.shutdown(socket.SHUT_WR)
        except OSError:
            return


class Management:
    """What these tests need of the broker's management API."""

    def __init__(self, root):
        parts = urlsplit(root)
        self.root = urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
        self.account = parts.username, parts.password

    def ask(self, method, path):
        return requests.request(method, f"{self.root}/api/{path}", auth=self.account, timeout=BOUND)

    def cut_connections(self, vhost, holding=""):
        """Close every connection of the virtual host whose name holds this; gives how many."""
        all_of_it = self.ask("GET", f"vhosts/{vhost}/connections").json()
        named = [c for c in all_of_it if holding in c.get("client_properties", {}).get("connection_name", "")]
        return sum(self.ask("DELETE", f"connections/{c['name']}").ok for c in named)


@pytest.fixture(scope="session")
def rpc_until():
    return until


@pytest.fixture(scope="session")
def rpc_management():
    return Management(Settings.from_environment().rabbitmq_management_uri)


@pytest.fixture(scope="module")
def rpc_settings(rpc_management):
    """Settings with a virtual host and a database prefix of this module's own; both are removed after it."""
    given = Settings.from_environment()
    mark = f"rpctests{uuid.uuid4().hex[:8]}"
    assert rpc_management.ask("PUT", f"vhosts/{mark}").ok
    uri = urlunsplit(urlsplit(given.amqp_uri)._replace(path=f"/{mark}"))
    yield replace(given, amqp_uri=uri, database_prefix=mark, rpc_timeout=10.0)
    rpc_management.ask("DELETE", f"vhosts/{mark}")
    with pymongo.MongoClient(given.mongodb_uri) as client:
        for name in client.list_database_names():
            if name.startswith(mark):
                client.drop_database(name)


@pytest.fixture(scope="module")
def rpc_vhost(rpc_settings):
    return urlsplit(rpc_settings.amqp_uri).path[1:]


@pytest.fixture(scope="module")
def rpc_start(rpc_settings, tmp_path_factory):
    """Start hosts of test services; whatever still runs is killed after the module."""
    hosts = []

    def start(service, wait=True, **changed):
        settings = replace(rpc_settings, **changed)
        environment = {
            **os.environ,
            "AMQP_URI": settings.amqp_uri,
            "MONGODB_URI": settings.mongodb_uri,
            "DATABASE_PREFIX": settings.database_prefix,
            "MAX_WORKERS": str(settings.max_workers),
        }
        host = Host(service, tmp_path_factory.mktemp("host") / "log", environment)
        hosts.append(host)
        return host.started() if wait else host

    yield start
    for host in hosts:
        if host.process.poll() is None:
            host.process.kill()
            host.process.wait(BOUND)


@pytest.fixture
def rpc_make_client(rpc_settings):
    """Make clients with changed settings; all are closed after the test."""
    clients = []

    def make(name="tests", **changed):
        clients.append(RpcClient(replace(rpc_settings, **changed), name))
        return clients[-1]

    yield make
    for client in clients:
        client.close()


@pytest.fixture
def rpc_client(rpc_make_client):
    return rpc_make_client()


@pytest.fixture
def rpc_line(rpc_settings):
    line = Line(rpc_settings.amqp_uri)
    yield line
    line.cut()


@pytest.fixture
def rpc_times(rpc_settings):
    """Tell how many times the granary really ran something, from its database."""
    with pymongo.MongoClient(rpc_settings.mongodb_uri) as client:
        marks = client[f"{rpc_settings.database_prefix}_granary"]["marks"]
        yield lambda mark: (marks.find_one({"_id": mark}) or {"times": 0})["times"]


@pytest.fixture
def counters(database, monkeypatch):
    monkeypatch.setitem(DECLARED, (CounterMoved.name, 1), CounterMoved)
    store = CounterStore(database)
    store.create_indexes()
    return store
