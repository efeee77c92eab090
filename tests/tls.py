"""A line that speaks TLS in front of a port that does not."""

import contextlib
import select
import socket
import ssl
import threading
from pathlib import Path


@contextlib.contextmanager
def tls_in_front_of(port: int, server: Path):
    """Give the port at which TLS is spoken with whoever listens behind it."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(server)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=_serve, args=(listening, context, port), daemon=True).start()
        yield listening.getsockname()[1]


def _serve(listening: socket.socket, context: ssl.SSLContext, port: int) -> None:
    with contextlib.suppress(OSError):
        while True:
            threading.Thread(target=_pass, args=(listening.accept()[0], context, port), daemon=True).start()


def _pass(came: socket.socket, context: ssl.SSLContext, port: int) -> None:
    """Pass on both ways, in one thread: two would meet in the TLS connection."""
    with (
        contextlib.suppress(OSError),
        socket.create_connection(("127.0.0.1", port)) as behind,
        context.wrap_socket(came, server_side=True) as front,
    ):
        while True:
            ready = [front] if front.pending() else select.select([front, behind], [], [])[0]
            if front in ready:
                behind.sendall(_read(front))
            if behind in ready:
                front.sendall(_read(behind))


def _read(one: socket.socket) -> bytes:
    if not (read := one.recv(65536)):
        raise OSError("closed")
    return read
