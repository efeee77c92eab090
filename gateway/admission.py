"""Admission: so many requests in work, so few waiting, the rest refused cheaply, before Flask.

Without it a gateway that is asked for more than it can do answers everybody late. A refusal is 503 with Retry-After, in the
same shape as every error; it is held back a moment, so that who asks again at once, and never pauses, does so a few times a
second and not hundreds of times. Requests of different weight have gates of their own, so that a storm of sign-ins or
departments that wait for events cannot keep out those who only read. `/healthz` passes always. A body is read before a
place is taken: who sends it slowly waits alone.
"""

import io
import logging
import random
import threading
import time

import gevent
import orjson

from gateway.concurrency_limiter import gates
from gateway.errors import problem_body
from gateway.middleware import REQUEST_ID

log = logging.getLogger("gateway.admission")

RETRY_SECONDS = (1, 5)
"""Who is refused is sent back after some time between these, so that not all come again together."""
HELD_SECONDS = (0.1, 0.3)
"""A refusal is held back for some time between these: it costs a timer, where the next request would cost the processor. How
many are held is bounded by the open connections of a worker."""
REPORT_SECONDS = 1.0
"""One line of the log tells of all refusals in this time."""
ALWAYS = "/healthz"
REGISTRATION = ("POST", "/residents")
"""Hashes a password, as a sign-in does."""
BODILESS = ("GET", "HEAD")


class Admission:
    """The WSGI layer in front of the app."""

    def __init__(self, app, admitted: int, largest_body: int):
        self._app = app
        self._largest = largest_body
        self._gates = gates(admitted)
        self._refusals = Refusals()

    def __call__(self, environ, start_response):
        """Answer, or refuse."""
        path = environ["PATH_INFO"]
        if path == ALWAYS:
            return self._app(environ, start_response)
        self._read_body(environ)
        gate = self._gates[self._gate_of(path, environ["REQUEST_METHOD"])]
        if not gate.enter():
            self._refusals.note()
            gevent.sleep(random.uniform(*HELD_SECONDS))
            return self._refuse(environ, start_response)
        try:
            # the answer is whole when the app returns: only a slow reader's socket is left, and needs no place
            return self._app(environ, start_response)
        finally:
            gate.leave()

    def _gate_of(self, path: str, verb: str) -> str:
        if (verb, path) == REGISTRATION:
            return "sessions"
        first = path.split("/", 2)[1] if "/" in path else ""
        return first if first in self._gates else ""

    def _read_body(self, environ) -> None:
        """Have the whole body here; one that is too large is left to be refused, unread."""
        if environ["REQUEST_METHOD"] in BODILESS:
            return
        announced = environ.get("CONTENT_LENGTH") or "0"
        if announced.isdigit() and int(announced) <= self._largest:
            # one byte more than allowed shows that a body of unknown length is too large
            environ["wsgi.input"] = io.BytesIO(environ["wsgi.input"].read(self._largest + 1))

    def _refuse(self, environ, start_response):
        said = problem_body(503, "gateway.busy", "现在使用的人太多，请稍等几秒再试。", environ[REQUEST_ID])
        body = orjson.dumps(said)
        told = [
            ("Content-Type", "application/problem+json"),
            ("Retry-After", str(random.randint(*RETRY_SECONDS))),
            ("Content-Length", str(len(body))),
        ]
        start_response("503 Service Unavailable", told)
        return [body]


class Refusals:
    """Counts refusals and tells the log once in a while: a line for each would be work that a busy gateway has no time for."""

    def __init__(self):
        self._lock = threading.Lock()
        self._count = 0
        self._told = float("-inf")

    def note(self) -> None:
        """Count one."""
        with self._lock:
            self._count += 1
            if time.monotonic() - self._told < REPORT_SECONDS:
                return
            count, self._count, self._told = self._count, 0, time.monotonic()
        log.warning("more is asked than can be done", extra={"refused": count})
