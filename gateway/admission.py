"""Admission: so many requests in work, so few waiting, the rest refused cheaply, before Flask.

Without it a gateway that is asked for more than it can do answers everybody late. A refusal is 503 with Retry-After, in the
same shape as every error; it is held back a moment, so that who asks again at once, and never pauses, does so a few times a
second and not hundreds of times. Requests of different weight have gates of their own, so that a storm of sign-ins or
departments that wait for events cannot keep out those who only read. `/healthz` passes always. A body is read before a
place is taken: who sends it slowly waits alone. Only a form with a file is read as it comes, under a gate and a time of its own: nobody
holds twelve megabytes. Its place among the uploads is taken with the first byte that is read (`gateway.upload_places`).
"""

import io
import random
import time
from http import HTTPStatus

import gevent

from gateway.concurrency_limiter import UPLOADS, gates
from gateway.metrics import RECEIVED, SHED
from gateway.refusing import Refusals, refuse
from gateway.upload_places import UploadBody, UploadPlaces
from gateway.uploads import UploadLimits
from services.chassis.core.cleaning import is_number

HELD_SECONDS = (0.1, 0.3)
"""A refusal is held back for some time between these: it costs a timer, where the next request would cost the processor. How
many are held is bounded by the open connections of a worker."""
BODY_SECONDS = 120.0
"""A body has to be here whole after so long, however it drips: 256 KB at 2 KB a second, which the oldest mobile network carries."""
UPLOAD_SECONDS = 600.0
"""A form with a file has to be here, and answered, after so long: 15 MB at 25 KB a second."""
NONE = UploadLimits(())
ALWAYS = "/healthz"
REGISTRATION = ("POST", "/residents")
"""Hashes a password, as a sign-in does."""
LONGEST_NUMBER = 18
"""Digits that are read of a number that a caller wrote: what is longer is as much too large."""
BODILESS = ("GET", "HEAD")


class Admission:
    """The WSGI layer in front of the app."""

    def __init__(self, app, admitted: int, largest_body: int, uploads: UploadLimits = NONE):
        self._app = app
        self._uploads = uploads
        self._largest = largest_body
        self._gates = gates(admitted)
        self._places = UploadPlaces(self._gates[UPLOADS])
        self._refusals = Refusals("more is asked than can be done")

    def __call__(self, environ, start_response):
        """Answer, or refuse."""
        path = environ["PATH_INFO"]
        if path == ALWAYS:
            return self._app(environ, start_response)
        with_file = self._uploads.of(environ) > 0
        if not with_file and not self._has_read_body(environ):
            return refuse(environ, start_response, HTTPStatus.REQUEST_TIMEOUT)
        environ[RECEIVED] = time.perf_counter()
        gate = self._gates[self._gate_of(path, environ["REQUEST_METHOD"])]
        if not gate.enter():
            self._refusals.note()
            SHED.labels("busy").inc()
            gevent.sleep(random.uniform(*HELD_SECONDS))
            return refuse(environ, start_response, HTTPStatus.SERVICE_UNAVAILABLE)
        if with_file:
            return self._receive(environ, start_response, gate)
        try:
            # the answer is whole when the app returns: only a slow reader's socket is left, and needs no place
            return self._app(environ, start_response)
        finally:
            gate.leave()

    def _receive(self, environ, start_response, gate):
        body = environ["wsgi.input"] = UploadBody(environ, gate, self._places)
        answer = None
        try:
            with gevent.Timeout(UPLOAD_SECONDS, False):
                answer = self._app(environ, start_response)
        finally:
            body.leave()
        return refuse(environ, start_response, HTTPStatus.REQUEST_TIMEOUT) if answer is None else answer

    def _gate_of(self, path: str, verb: str) -> str:
        if (verb, path) == REGISTRATION:
            return "sessions"
        first = path.split("/", 2)[1] if "/" in path else ""
        return first if first in self._gates and first != UPLOADS else ""

    def _has_read_body(self, environ) -> bool:
        """Have the whole body here; False where it takes too long. One that is too large is left to be refused, unread."""
        announced = environ.get("CONTENT_LENGTH") or "0"
        too_large = not is_number(announced) or int(announced[:LONGEST_NUMBER]) > self._largest
        if environ["REQUEST_METHOD"] in BODILESS or too_large:
            return True
        whole = None
        with gevent.Timeout(BODY_SECONDS, False):
            # one byte more than allowed shows that a body of unknown length is too large
            whole = environ["wsgi.input"].read(self._largest + 1)
        environ["wsgi.input"] = io.BytesIO(whole or b"")
        return whole is not None
