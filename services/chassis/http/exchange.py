"""One request over one connection of our own: no proxy, no redirect, no look-up but the caller's, everything bounded."""

import http.client
import os
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, BinaryIO, cast


class ExchangeDeadline:
    """Cuts a connection when its time is over: each piece in time does not make the whole in time."""

    def __init__(self, sock: socket.socket, seconds: float):
        self.passed = False
        self._sock = socket.socket(fileno=os.dup(sock.fileno()))
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True

    def __enter__(self) -> "ExchangeDeadline":
        self._timer.start()
        return self

    def __exit__(self, *_) -> None:
        self._timer.cancel()
        self._timer.join()
        self._sock.close()

    def _cut(self) -> None:
        self.passed = True
        with suppress(OSError):
            self._sock.shutdown(socket.SHUT_RDWR)


class _Lines:
    """Reads lines for who reads an answer's head, and keeps the last one."""

    def __init__(self, source: BinaryIO):
        self._source, self.last = source, b""

    def readline(self, limit: int = -1) -> bytes:
        self.last = self._source.readline(limit)
        return self.last

    def close(self) -> None:
        self._source.close()


class WholeAnswer(http.client.HTTPResponse):
    """An answer whose head has come whole, up to its empty line (RFC 9112, section 8).

    The standard library takes the end of a connection for the end of the head: `HTTP/1.1 200 O`, and nothing more, for a 200.
    """

    def begin(self) -> None:
        """Read the head; raises IncompleteRead where the connection ended in it."""
        source = self.fp
        lines = _Lines(source)
        self.fp = cast(Any, lines)
        try:
            super().begin()
        finally:
            self.fp = source
        if lines.last not in (b"\r\n", b"\n"):
            raise http.client.IncompleteRead(lines.last)


def connected(
    host: str, address: str, port: int, trusted: ssl.SSLContext | None, connect: float, read: float
) -> http.client.HTTPConnection:
    """Connect to an address of a host, with TLS where there is a context; raises OSError or ValueError.

    `connect` is the seconds to connect, and again for TLS; `read` those between two pieces of an answer.
    """
    connection = http.client.HTTPConnection(host, port)
    connection.response_class = WholeAnswer
    connection.auto_open = 0  # only here: it would look the host up a second time
    plain = socket.create_connection((address, port), connect)
    try:
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection.sock = plain
        if trusted:
            with ExchangeDeadline(plain, connect):
                connection.sock = trusted.wrap_socket(plain, server_hostname=host)
        connection.sock.settimeout(read)
    except BaseException:
        plain.close()
        raise
    return connection


@contextmanager
def exchange(
    connection: http.client.HTTPConnection,
    path: str,
    body: bytes | None,
    headers: dict,
    seconds: float,
    method: str = "POST",
) -> Iterator[tuple[http.client.HTTPResponse, ExchangeDeadline]]:
    """Ask over an open connection and give the answer, to be read within the block, and the deadline of it all.

    Raises TimeoutError where the time was over, else what the connection raises: OSError, HTTPException or ValueError. An
    answer that was cut while it was read may look like a short one: the deadline tells.
    """
    with ExchangeDeadline(connection.sock, seconds) as deadline:
        try:
            connection.request(method, path, body, headers)
            yield connection.getresponse(), deadline
        except (OSError, http.client.HTTPException, ValueError):
            if deadline.passed:
                raise TimeoutError from None
            raise
