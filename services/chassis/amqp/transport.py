"""One AMQP connection, made cheap: it reads what is there, not three times a frame, and never to publish.

py-amqp reads header, payload and end of each frame with a `recv` of its own. And with the capability
`connection.blocked` every publish first drains the socket: a second reader, which takes frames away from the
one that waits for them. It is therefore not negotiated; the price is that the broker cannot tell us that it
is blocked.

By `amqps://` the broker is known by a certificate that names its host; `?cacertfile=<path>` names a private authority's certificates
(RabbitMQ's own name for it, see its documentation, URI query parameters).
"""

import contextlib
import errno
import select
import ssl
from struct import Struct
from typing import Any, ClassVar
from urllib.parse import parse_qs, quote, unquote, urlsplit

import amqp
from amqp.exceptions import RecoverableConnectionError, UnexpectedFrame
from amqp.transport import SSLTransport, TCPTransport

HEADER = Struct(">BHI")
FRAME_END = 0xCE
CHUNK = 65536

HEARTBEAT = 20
"""Seconds; a peer that is silent for two of them is given up."""

CONNECT_SECONDS = 5.0

OUTAGES = (OSError, amqp.exceptions.AMQPError, AttributeError)
"""What a missing broker or a broken connection raises; py-amqp raises AttributeError on a dead socket now and then."""


class _Buffered:
    """Keeps what it has read beyond the frame in hand; beside one of py-amqp's transports, whose socket it reads."""

    sock: Any

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
        except ssl.SSLWantReadError:
            raise TimeoutError from None
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

    def has_more(self) -> bool:
        """Tell, without waiting, whether there is anything to read; half a frame counts."""
        if len(self._held) > self._start or self._decrypted():
            return True
        return bool(select.select([self.sock], [], [], 0)[0])

    def _decrypted(self) -> int:
        return 0


class BufferedTransport(_Buffered, TCPTransport):
    """A TCP transport that keeps what it has read."""


class BufferedTLSTransport(_Buffered, SSLTransport):
    """A TLS transport that keeps what it has read; what TLS itself has decrypted and not given yet shows on no socket."""

    def _decrypted(self) -> int:
        return self.sock.pending()


class Connection(amqp.Connection):
    """A connection with buffered reads that knows whether more has come, and does not negotiate `connection.blocked`."""

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
        kind = BufferedTLSTransport if ssl else BufferedTransport
        return kind(host, connect_timeout=connect_timeout, ssl=ssl, **options)

    def has_more(self) -> bool:
        """Tell, without waiting, whether there is anything to read; half a frame counts."""
        return self.transport.has_more()


def virtual_host(uri: str) -> str:
    """Give the virtual host that an AMQP URI names; none named is "/"."""
    return unquote(urlsplit(uri).path.removeprefix("/")) or "/"


def in_virtual_host(uri: str, vhost: str) -> str:
    """Give the AMQP URI of another virtual host of the same broker."""
    return urlsplit(uri)._replace(path=f"/{quote(vhost, safe='')}").geturl()


def authority(uri: str) -> str | None:
    """Give the file with the certificates of the authority that an address names, None where the system's are meant."""
    return next(iter(parse_qs(urlsplit(uri).query).get("cacertfile", ())), None)


def connect(uri: str, name: str, heartbeat: int = HEARTBEAT, patience: float | None = None) -> Connection:
    """Open a connection that names itself to the broker's operators; raises one of OUTAGES, within seconds.

    `patience` is how many seconds one read or write of the socket takes at most, None for ever. One value for both: a
    reader that changed the timeout for itself would change it under a writer's feet.
    """
    parts = urlsplit(uri)
    secure = parts.scheme == "amqps"
    connection = Connection(
        host=f"{parts.hostname}:{parts.port or (5671 if secure else 5672)}",
        userid=unquote(parts.username or "guest"),
        password=unquote(parts.password or "guest"),
        login_method="PLAIN",
        virtual_host=virtual_host(uri),
        ssl=_checked(uri) if secure else False,
        connect_timeout=CONNECT_SECONDS,
        heartbeat=heartbeat,
        client_properties={"connection_name": name},
    )
    try:
        connection.connect()
        connection.sock.settimeout(patience)
    except BaseException:
        connection.collect()
        raise
    return connection


def _checked(uri: str) -> dict:
    """Give what py-amqp makes its TLS context of: the certificate is checked, and that it names the host."""
    context = {"cafile": authority(uri), "check_hostname": True}
    return {"context": context, "server_hostname": urlsplit(uri).hostname}


def write(connection: Connection, frames: bytes) -> None:
    """Write whole frames that py-amqp did not make; one writer at a time. Raises one of OUTAGES."""
    connection.transport.write(frames)
    # heartbeats count what py-amqp has written; this went past it
    connection.bytes_sent += 1


def drain(connection: Connection, seconds: float = CONNECT_SECONDS) -> None:
    """Handle the next event, or none where none comes in time."""
    with contextlib.suppress(TimeoutError):
        connection.drain_events(timeout=seconds)


def close_quietly(connection: Connection | None) -> None:
    """Close a connection as well as its state allows; never raises."""
    if connection is None:
        return
    try:
        if connection.connected:
            connection.close()
    except OUTAGES:
        pass
    finally:
        connection.collect()
