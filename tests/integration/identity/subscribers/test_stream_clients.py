"""What a department copies reads its stream, keeps its place, and comes back: the client of the guide and the one for Node."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, quote, urlsplit

import pytest

from tests.architecture.house import ROOT
from tests.e2e.platform import management
from tests.integration.identity.subscribers.test_dispatcher import (
    NAMED,
    connected,
    dispatcher,
    event,
    feed,
)

__all__ = ["dispatcher", "feed"]
PATIENCE = 60
NODE = ROOT / "examples" / "department-reader-node"


def python_client(folder) -> list[str]:
    """Give the command of the client in the guide."""
    guide = (ROOT / "docs" / "how-to" / "subscribe.md").read_text(encoding="utf-8")
    (folder / "reader.py").write_text(
        re.search(r"```python\n(.*?)```", guide, re.S).group(1), encoding="utf-8"
    )
    return [sys.executable, str(folder / "reader.py")]


def node_client(folder) -> list[str]:
    """Give the command of the client for Node, installed from its own lockfile."""
    if not shutil.which("npm"):
        pytest.fail("install Node.js 20.19 or newer with npm: make test needs it")
    shutil.copytree(NODE, folder / "node", ignore=shutil.ignore_patterns("node_modules"))
    install = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    subprocess.run(install, cwd=folder / "node", check=True, timeout=120, capture_output=True)
    return ["node", str(folder / "node" / "read-stream.js")]


class Client:
    """A reader as a process; `lines` is what it printed of events."""

    def __init__(self, command, folder, broker, given, **more):
        names = {
            "STREAM_USER": given["user"],
            "STREAM_PASSWORD": given["password"],
            "STREAM": given["stream"],
        }
        names |= {"BROKER": broker, "VHOST": given["vhost"], "HEARTBEAT": "2", "TLS": "", **more}
        self.env = {**os.environ, **names, "PLACE_FILE": str(folder / "place.json")}
        self.command, self.lines, self.all = command, [], []
        self.start()

    def start(self) -> None:
        """Begin to read."""
        out = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
        self.process = subprocess.Popen(self.command, env=self.env, **out)
        threading.Thread(target=self._listen, args=(self.process,), daemon=True).start()

    def _listen(self, process) -> None:
        for line in process.stdout:
            self.all.append(line)
            if line.startswith("xiangzhi."):
                self.lines.append(line.split(" ")[1:3])

    def wait_for(self, count: int) -> list:
        """Wait until it has printed so many events."""
        end = time.monotonic() + PATIENCE
        while len(self.lines) < count and time.monotonic() < end:
            time.sleep(0.05)
        assert len(self.lines) >= count, "".join(self.all[-20:])
        return self.lines

    def stop(self) -> None:
        """Kill it as a power cut would."""
        self.process.kill()
        self.process.wait(10)


class Line:
    """What lies between a client and the broker; `silent` lets it die without a word."""

    def __init__(self, host: str, port: int):
        self.broker = (host, port)
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self.listening.getsockname()[1]}"
        self.cut: list[threading.Event] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def silence(self) -> None:
        """Let nothing more through on what is connected now; who connects anew is let through."""
        for one in self.cut:
            one.set()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self.listening.accept()
            except OSError:
                return
            server, cut = socket.create_connection(self.broker), threading.Event()
            self.cut.append(cut)
            for one, other in ((client, server), (server, client)):
                threading.Thread(target=self._carry, args=(one, other, cut), daemon=True).start()

    @staticmethod
    def _carry(one, other, cut) -> None:
        try:
            while data := one.recv(65536):
                if not cut.is_set():
                    other.sendall(data)
            if not cut.is_set():
                other.shutdown(socket.SHUT_WR)
        except OSError:
            return


@pytest.fixture
def line(settings):
    broker = urlsplit(settings.amqp_uri)
    line = Line(broker.hostname, broker.port or 5672)
    yield line
    line.listening.close()


@pytest.fixture
def api():
    """The API as a reader asks it: out of order at first, then with the names; of e2 the grant has ended."""
    asked, answers = [], {"e2": 403}

    class Pulls(BaseHTTPRequestHandler):
        def do_GET(self):
            where = urlsplit(self.path)
            id = parse_qs(where.query)["from_event"][0]
            asked.append((where.path, self.headers["Authorization"], id))
            status = 503 if len(asked) == 1 else answers.get(id, 200)
            body = {"items": [{"id": id, "data": {"resident_name": "王秀英"}}], "next": 1}
            sent = json.dumps(body if status == 200 else {}).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(sent)))
            self.end_headers()
            self.wfile.write(sent)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Pulls)
    server.asked, server.address = asked, f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()


@pytest.mark.parametrize("client", [python_client, node_client])
def test_a_client_asks_for_the_names_that_no_stream_carries_until_it_is_answered(
    database, settings, feed, dispatcher, tmp_path, line, client, api
):
    _, given = connected(database, settings, personal_fields=[NAMED])
    for number in range(1, 4):
        feed.append(event(number))
    dispatcher.round()
    reader = Client(client(tmp_path), tmp_path, line.address, given, BASE=api.address, KEY="machine-key")
    try:
        reader.wait_for(3)
    finally:
        reader.stop()
    told = [one for one in reader.all if one.startswith("xiangzhi.")]
    assert [subject for subject, _ in reader.lines] == ["r1", "r2", "r3"], "one after the other, each once"
    assert ["王秀英" in one for one in told] == [True, False, True], (
        "of what is not granted any more nothing is added"
    )
    assert {(path, key) for path, key, _ in api.asked} == {("/events", "Bearer machine-key")}
    assert [id for *_, id in api.asked] == ["e1", "e1", "e2", "e3"]


@pytest.mark.parametrize("client", [python_client, node_client])
def test_a_client_reads_on_where_it_was_after_every_kind_of_loss(
    database, settings, feed, dispatcher, tmp_path, line, client
):
    _, given = connected(database, settings)
    command, told = client(tmp_path), [f"r{number % 10}" for number in range(20)]

    def feed_more(first: int, last: int) -> None:
        for number in range(first, last):
            feed.append(event(number))
        dispatcher.round()

    feed_more(0, 5)
    reader = Client(command, tmp_path, line.address, given)
    try:
        reader.wait_for(5)
        where = f"connections/username/{quote(given['user'])}"
        end = time.monotonic() + PATIENCE
        # the management plugin knows of a connection a moment after it is there
        while (
            management(settings.rabbitmq_management_uri, "GET", where).json() == [] and time.monotonic() < end
        ):
            time.sleep(0.2)
        management(settings.rabbitmq_management_uri, "DELETE", where)
        feed_more(5, 8)
        reader.wait_for(8)
        line.silence()
        feed_more(8, 11)
        reader.wait_for(11)
        reader.stop()
        feed_more(11, 14)
        reader.start()
        reader.wait_for(14)
        assert [subject for subject, _ in reader.lines] == told[:14], "nothing twice, nothing left out"
    finally:
        reader.stop()
