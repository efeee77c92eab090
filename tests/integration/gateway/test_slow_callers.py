"""A real gateway and callers who open connections and say nothing, or half of something: one address takes so many places."""

import base64
import os
import socket
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path

import pytest

from gateway.upload_places import MOST_OF_ONE
from tests.integration.gateway.inside import PUBLIC_URL, Inside

ROOT = Path(__file__).parents[3]
MOST, BOUND = 5, 30
HALF = b"GET /healthz HTTP/1.1\r\nHost: x\r\nX-Half"
WHOLE = b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"

KEY = base64.b64encode(b"k" * 32).decode()


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class Gateway:
    """One process of the gateway, in which one address may have five connections open."""

    def __init__(self, **told):
        self.port = free_port()
        env = {**os.environ, "PORT": str(self.port), "GATEWAY_WORKERS": "1", "LOG_LEVEL": "ERROR"}
        env |= {"GATEWAY_CONNECTIONS_PER_ADDRESS": str(MOST), "GATEWAY_KEY": KEY, **told}
        command = [
            sys.executable,
            "-m",
            "gunicorn",
            "--config",
            "gateway/gunicorn.conf.py",
            "gateway.app:create_app()",
        ]
        self.process = subprocess.Popen(command, cwd=ROOT, env=env, stderr=subprocess.DEVNULL)

    def connect(self, source: str) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), BOUND, source_address=(source, 0))

    def answer(self, source: str, sent: bytes = WHOLE) -> bytes:
        """Send something over a new connection and give what comes back until it is closed."""
        with self.connect(source) as line:
            line.settimeout(BOUND)
            return read(line, sent)

    def end(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(BOUND)
        finally:
            self.process.kill()


def read(line: socket.socket, sent: bytes = b"") -> bytes:
    found = b""
    try:
        line.sendall(sent)
        while some := line.recv(4096):
            found += some
    except ConnectionError:
        pass  # it was closed with something unread
    return found


@pytest.fixture
def gateway():
    """Start one when asked to, with further settings."""
    with ExitStack() as started:

        def start(**told) -> Gateway:
            made = Gateway(**told)
            started.callback(made.end)
            end = time.monotonic() + BOUND
            while time.monotonic() < end:
                try:
                    if b"200 OK" in made.answer("127.0.0.9"):
                        return made
                except OSError:
                    time.sleep(0.1)
            raise AssertionError("the gateway does not answer")

        yield start


def hold(lines: ExitStack, gateway: Gateway, source: str, number: int) -> list[socket.socket]:
    """Open connections that send half a request each."""
    opened = [lines.enter_context(gateway.connect(source)) for _ in range(number)]
    for line in opened:
        line.settimeout(BOUND)
        line.sendall(HALF)
    return opened


def test_who_holds_half_requests_open_gets_so_many_places_and_keeps_nobody_else_out(gateway):
    running = gateway()
    with ExitStack() as lines:
        held = hold(lines, running, "127.0.0.2", MOST)
        # the worker accepts one after the other: what comes later is counted later
        for line in hold(lines, running, "127.0.0.2", 3 * MOST):
            told = read(line)
            assert told == b"" or (
                told.startswith(b"HTTP/1.1 429 ") and b"gateway.too_many_connections" in told
            )
        assert b"200 OK" in running.answer("127.0.0.3")
        assert running.answer("127.0.0.2") in (b"",) or b"429" in running.answer("127.0.0.2")
        # the first ones were not closed for it, and are answered once they have said all of it
        held[0].sendall(b": 1\r\nConnection: close\r\n\r\n")
        assert b"200 OK" in read(held[0])
        assert _comes(lambda: b"200 OK" in running.answer("127.0.0.2")), "a place that is free is given again"


def test_behind_a_proxy_the_proxy_bounds_them(gateway):
    running = gateway(TRUSTED_PROXIES="1")
    with ExitStack() as lines:
        hold(lines, running, "127.0.0.2", 3 * MOST)
        assert b"200 OK" in running.answer("127.0.0.2")


BOUNDARY = b"b" * 20
PART = b'--%b\r\nContent-Disposition: form-data; name="photo"; filename="a.jpg"\r\n\r\n' % BOUNDARY


def upload(token: str, length: bytes) -> bytes:
    """Give the head of a request that brings a photo."""
    return (
        b"POST /listings/l1/photos HTTP/1.1\r\nHost: x\r\nIdempotency-Key: " + os.urandom(16).hex().encode()
    ) + b"\r\nAuthorization: Bearer %b\r\nContent-Type: multipart/form-data; boundary=%b\r\n%b\r\n\r\n" % (
        token.encode(),
        BOUNDARY,
        length,
    )


@pytest.fixture
def inside(bare):
    bare.declare()
    inside = Inside(bare.settings.amqp_uri)
    yield inside
    inside.close()


def test_uploads_of_broken_chunks_are_refused_and_idle_ones_take_a_few_places(bare, inside, gateway):
    running = gateway(AMQP_URI=bare.settings.amqp_uri, PUBLIC_URL=PUBLIC_URL)
    token, other = inside.token("greedy", "s1"), inside.token("modest", "s2")
    for broken in (b"zz\r\nabc\r\n", b"-5\r\nabc\r\n", b"1\r\n-\r\nzz\r\n"):
        told = running.answer("127.0.0.3", upload(token, b"Transfer-Encoding: chunked") + broken)
        assert told.startswith(b"HTTP/1.1 400 ") and b"request.malformed" in told, told
    idle = upload(token, b"Content-Length: 12000000") + PART
    with ExitStack() as lines:
        for _ in range(MOST_OF_ONE):
            line = lines.enter_context(running.connect("127.0.0.2"))
            line.sendall(idle)
        assert _comes(lambda: len(inside.of("market.begin_listing_photo")) == 3 + MOST_OF_ONE)
        told = running.answer("127.0.0.3", idle.replace(b"Host: x", b"Host: x\r\nConnection: close"))
        assert told.startswith(b"HTTP/1.1 429 ") and b"gateway.too_many_uploads" in told, told
        whole = PART + b"a photo\r\n--%b--\r\n" % BOUNDARY
        sent = upload(other, b"Connection: close\r\nContent-Length: %d" % len(whole)) + whole
        assert running.answer("127.0.0.4", sent).startswith(b"HTTP/1.1 201 ")


def test_a_header_cannot_say_what_the_address_is(gateway):
    running = gateway()  # whom gunicorn believes as its own proxy: who calls from this machine
    for named in (b"SCRIPT_NAME: /nowhere", b"SCRIPT_NAME: /healthz", b"PATH_INFO: /nowhere"):
        sent = WHOLE.replace(b"Host: x\r\n", b"Host: x\r\n" + named + b"\r\n")
        assert b"200 OK" in running.answer("127.0.0.1", sent), named


def _comes(true) -> bool:
    end = time.monotonic() + BOUND
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.05)
    return False
