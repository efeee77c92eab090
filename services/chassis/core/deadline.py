"""The end of an exchange over a connection, whatever drips through it."""

import os
import socket
import threading
from contextlib import suppress


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
