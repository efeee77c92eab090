"""gunicorn's gevent worker, made fair to all connections, quick to stop, and answering in one write.

Each connection has a greenlet of its own: thousands that wait, read slowly or send byte by byte cost a few kilobytes each and no
thread; how many of them one address may have open is bounded. gevent never interrupts who computes, so a request hands over when it ends; else one caller whose next request is
already there would be answered again and again while the others wait.

gunicorn writes the head of an answer, then its body: two packets, and under overload a tenth of what a refusal costs.
"""

from http import HTTPStatus

import gevent
from gunicorn import util
from gunicorn.workers.base_async import AsyncWorker
from gunicorn.workers.ggevent import GeventWorker

from gateway import metrics
from gateway.connections import OpenConnections
from gateway.refusing import Refusals
from gateway.unparsed import write_problem
from services.civic.settings import CivicSettings

LINE_SECONDS = 60
"""A caller who sends or takes nothing for so long is cut off."""
LOOK_SECONDS = 0.2
"""How often a stopping worker looks for connections without a request."""
MOST_KEPT = 64 * 1024
"""Bytes of an answer that wait for the rest of it."""


class OneWrite:
    """The socket of a connection while one request is answered: keeps what is written until the answer is whole."""

    def __init__(self, client):
        self._client = client
        self._kept: list[bytes] = []
        self._size = 0

    def sendall(self, some: bytes) -> None:
        """Take a piece; raises OSError where it is one too many and they cannot be sent."""
        self._kept.append(some)
        self._size += len(some)
        if self._size > MOST_KEPT:
            self.flush()

    def flush(self) -> None:
        """Send what was kept; raises OSError."""
        kept, self._kept, self._size = self._kept, [], 0
        if kept:
            self._client.sendall(b"".join(kept))

    def __getattr__(self, name: str):
        """Give what else a socket can do; whatever it is comes after what was written."""
        self.flush()
        return getattr(self._client, name)


class Idle(gevent.Timeout):
    """The wait for a connection's next request; ends silently after its seconds, or when `end` says so."""

    def __init__(self, seconds: float, idle: set):
        super().__init__(seconds, False)
        self._idle = idle
        self._greenlet = None

    def __enter__(self):
        self._greenlet = gevent.getcurrent()
        self._idle.add(self)
        return super().__enter__()

    def __exit__(self, *raised):
        self._idle.discard(self)
        return super().__exit__(*raised)

    def end(self) -> None:
        """Close the connection, as if its time were over."""
        gevent.kill(self._greenlet, self)


class Worker(GeventWorker):
    """What gunicorn runs for the gateway."""

    def __init__(self, *arguments, **named):
        super().__init__(*arguments, **named)
        self._idle: set[Idle] = set()
        self._open = OpenConnections.of(CivicSettings.from_environment())
        self._refusals = Refusals("one address has too many connections open")

    def run(self):
        """Serve until told to stop; then those with a request are answered, and the others closed."""
        gevent.spawn(self._close_idle_when_stopping)
        super().run()

    def handle(self, listener, client, addr):
        """Serve one connection, unless its address has too many open already."""
        with self._open.one_of(addr[0] if addr else "") as may_be_open:
            if may_be_open:
                client.settimeout(LINE_SECONDS)
                AsyncWorker.handle(self, listener, client, addr)
            else:
                self._refusals.note()
                metrics.count_turned_away()
                _turn_away(client)

    def handle_request(self, listener_name, req, client, addr):
        """Answer one request, then let the others have their turn."""
        answer = OneWrite(client)
        try:
            try:
                return super().handle_request(listener_name, req, answer, addr)
            finally:
                answer.flush()
        finally:
            gevent.sleep(0)

    def timeout_ctx(self):
        """Give the wait for the next request."""
        return Idle(self.cfg.keepalive, self._idle)

    def _close_idle_when_stopping(self):
        while True:
            gevent.sleep(LOOK_SECONDS)
            if not self.alive:
                for one in list(self._idle):
                    one.end()


def _turn_away(client) -> None:
    """Say why, as far as it can be said without waiting, and close."""
    status = HTTPStatus.TOO_MANY_REQUESTS
    try:
        write_problem(client, status, status.phrase, "")
    except OSError:
        pass  # who does not read is not waited for
    finally:
        util.close(client)
