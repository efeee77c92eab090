"""Admission: so many requests in work, so few waiting, the rest refused at once and cheaply, before Flask.

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
from collections import deque
from math import ceil

import gevent
import orjson
from gevent.event import Event

from gateway.every_answer import REQUEST_ID
from services.chassis.settings import Settings

log = logging.getLogger("gateway.admission")

BURST_SECONDS = 1.0
"""A burst may wait this long for its turn."""
WAITING = 16
"""So many may wait at each worker at least: a worker may get all connections of a village's office."""
SHORT_SECONDS = 0.005
"""Where even the queue was full it is no burst: who waits in a standing queue only makes everybody late."""
OVERLOAD_SECONDS = 3.0
"""So long after the queue was last full, the next crowd counts as a burst again. Only a full queue counts, not a short wait
in vain: else a few callers who never pause would keep the gateway in this state for ever."""
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


class Gate:
    """Lets `places` in at once and `waiting` others wait shortly, a burst `times` as long as elsewhere.

    Under overload it lets in `crowded` only, where given: what is worked on shares the cores with those who are refused.
    Who leaves gives the place to the first of those who wait: nobody who comes later takes it from them. Only greenlets of
    one thread use it; none is interrupted between two lines.
    """

    def __init__(self, places: int, waiting: int, times: int = 1, crowded: int | None = None):
        self._times = times
        self._free = places
        self._kept_free = places - (crowded or places)
        self._room = waiting
        self._line: deque[Event] = deque()
        self._full_at = float("-inf")

    def enter(self) -> bool:
        """Tell whether this request may be worked on now; who enters must `leave`."""
        if not self._line and self._has_place():
            self._free -= 1
            return True
        if len(self._line) >= self._room:
            self._full_at = time.monotonic()
            return False
        turn = Event()
        self._line.append(turn)
        try:
            turn.wait(self._patience())
        except BaseException:
            # killed in the moment in which the place was given
            if turn.is_set():
                self.leave()
            raise
        finally:
            if not turn.is_set():
                self._line.remove(turn)
        return turn.is_set()

    def leave(self) -> None:
        """Give the place to the next."""
        self._free += 1
        while self._line and self._has_place():
            self._free -= 1
            self._line.popleft().set()

    def _has_place(self) -> bool:
        return self._free > (self._kept_free if self._is_overloaded() else 0)

    def _patience(self) -> float:
        return SHORT_SECONDS if self._is_overloaded() else BURST_SECONDS * self._times

    def _is_overloaded(self) -> bool:
        return time.monotonic() - self._full_at < OVERLOAD_SECONDS


def share(settings: Settings) -> int:
    """Give how many requests each worker works on at once."""
    return max(ceil(settings.gateway_admitted / settings.gateway_workers), 2)


def gates(admitted: int) -> dict[str, Gate]:
    """Give the gates of one worker by the first part of the path; '' is everybody else's."""
    return {
        # a long queue for a burst, and for a worker that got more than its share of the connections; few places, because what is
        # worked on at once shares the cores, and each then takes the longer; not too few, for a process that is woken for one
        # request alone pays for a cold cache each time
        "": Gate(admitted, max(2 * admitted, WAITING), crowded=max(admitted // 8, 1)),
        # a password takes a hundred times the processor time of a read: a burst of sign-ins takes seconds
        "sessions": Gate(admitted, WAITING, times=5),
        # a department may wait here for seconds, at no cost but the place and a worker of identity
        "events": Gate(max(2 * admitted, WAITING), 0),
        "readyz": Gate(2, 0),
    }


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
        body = orjson.dumps(
            {
                "type": "urn:xiangzhi:problem:gateway.busy",
                "title": "gateway: busy",
                "status": 503,
                "code": "gateway.busy",
                "detail": "现在使用的人太多，请稍等几秒再试。",
                "request_id": environ[REQUEST_ID],
            }
        )
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
