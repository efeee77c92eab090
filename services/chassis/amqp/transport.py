"""One AMQP connection, made cheap: it reads what is there, not three times a frame, and never to publish.

py-amqp reads header, payload and end of each frame with a `recv` of its own. And with the capability
`connection.blocked` every publish first drains the socket: a second reader, which takes frames away from the
one that waits for them. It is therefore not negotiated; the price is that the broker cannot tell us that it
is blocked.
"""

import errno
from struct import Struct
from typing import ClassVar
from urllib.parse import unquote, urlsplit

import amqp
from amqp.exceptions import RecoverableConnectionError, UnexpectedFrame
from amqp.transport import SSLTransport, TCPTransport

HEADER = Struct(">BHI")
FRAME_END = 0xCE
CHUNK = 65536

HEARTBEAT = 30
"""Seconds; a peer that is silent for two of them is given up."""

PATIENCE = 5.0
"""Seconds that one read or write of the socket takes at most. One value for both: a reader that changed the
timeout for itself would change it under a writer's feet."""

LOST = (OSError, amqp.exceptions.AMQPError, AttributeError)
"""What a broken connection raises; py-amqp raises AttributeError on a dead socket now and then."""


class BufferedTransport(TCPTransport):
    """A TCP transport that keeps what it has read beyond the frame in hand."""

    def _setup_transport(self):
        super()._setup_transport()
        self._held = b""
        self._start = 0

    def read_frame(self, unpack=None):
        """Give (type, channel, payload) of the next frame; raises TimeoutError with nothing lost."""
        frame = self._next_frame()
        while frame is None:
            self._fill()
            frame = self._next_frame()
        return frame

    def _next_frame(self):
        held, start = self._held, self._start
        available = len(held) - start
        if available < HEADER.size + 1:
            return None
        kind, channel, size = HEADER.unpack_from(held, start)
        if available < HEADER.size + size + 1:
            return None
        begin = start + HEADER.size
        end = begin + size
        if held[end] != FRAME_END:
            raise UnexpectedFrame(f"frame ends with {held[end]:#04x}")
        self._start = end + 1
        return kind, channel, held[begin:end]

    def _fill(self):
        try:
            more = self._quick_recv(CHUNK)
        except TimeoutError:
            raise
        except OSError as error:
            if error.errno in (errno.EAGAIN, errno.EINTR):
                raise TimeoutError from None
            self.connected = False
            raise
        if not more:
            self.connected = False
            raise OSError("the broker closed the connection")
        self._held = self._held[self._start :] + more
        self._start = 0


class RpcConnection(amqp.Connection):
    """A connection with buffered reads that does not negotiate `connection.blocked`."""

    negotiate_capabilities: ClassVar = {
        name: wanted
        for name, wanted in amqp.Connection.negotiate_capabilities.items()
        if name != "connection.blocked"
    }

    @property
    def transport(self):
        """Give the transport; py-amqp's own property would silently connect a closed connection again."""
        if self._transport is None:
            raise RecoverableConnectionError("the connection is closed")
        return self._transport

    @transport.setter
    def transport(self, transport):
        self._transport = transport

    def Transport(self, host, connect_timeout, ssl=False, read_timeout=None, write_timeout=None, **options):
        """Give the transport that py-amqp reads and writes through."""
        kind = SSLTransport if ssl else BufferedTransport
        return kind(host, connect_timeout=connect_timeout, ssl=ssl, **options)


def connect(uri: str, name: str) -> RpcConnection:
    """Open a connection that the broker lists under `name`; raises one of LOST, within seconds."""
    parts = urlsplit(uri)
    secure = parts.scheme == "amqps"
    connection = RpcConnection(
        host=f"{parts.hostname}:{parts.port or (5671 if secure else 5672)}",
        userid=unquote(parts.username or "guest"),
        password=unquote(parts.password or "guest"),
        login_method="PLAIN",
        virtual_host=unquote(parts.path[1:]) or "/",
        ssl={"server_hostname": parts.hostname, "cert_reqs": 2} if secure else False,
        connect_timeout=PATIENCE,
        heartbeat=HEARTBEAT,
        client_properties={"connection_name": name},
    )
    try:
        connection.connect()
        connection.sock.settimeout(PATIENCE)
    except BaseException:
        connection.collect()
        raise
    return connection


def write(connection: RpcConnection, frames: bytes) -> None:
    """Write whole frames that py-amqp did not make; one writer at a time. Raises one of LOST."""
    connection.transport.write(frames)
    # heartbeats count what py-amqp has written; this went past it
    connection.bytes_sent += 1


def drain(connection: RpcConnection) -> None:
    """Handle the next event, or none within PATIENCE."""
    try:
        connection.drain_events(timeout=PATIENCE)
    except TimeoutError:
        return


def hang_up(connection: RpcConnection | None) -> None:
    """Close a connection as well as its state allows; never raises."""
    if connection is None:
        return
    try:
        if connection.connected:
            connection.close()
    except LOST:
        pass
    finally:
        connection.collect()
