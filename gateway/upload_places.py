"""The places of a worker for files that are being received: taken with the first byte of a body, a few by each sender, and kept by sending.

Whoever asks with a form that brings a file is looked at like everybody first: who it is, and whether there is something to send a file to.
Only with the first byte that is read of the body the request changes its place among all requests for one among the uploads.
"""

import random
from collections import Counter
from contextlib import suppress
from typing import Any

import gevent
from werkzeug.exceptions import RequestTimeout

from gateway.concurrency_limiter import ConcurrencyLimiter
from gateway.errors import SENTENCES
from gateway.metrics import SHED
from services.chassis.core.errors import TooMany, Unavailable

SENDER = "xiangzhi.sender"
"""Under this name the environment of a request holds who sends its file, as soon as that is known."""
MOST_OF_ONE = 4
"""Files that one sender may be sending to one worker at a time."""
STEP, STEP_SECONDS = 64 * 1024, 30.0
"""So many bytes have to come in so many seconds: 17 kbit/s, a third of what the oldest mobile network carries."""
HELD_SECONDS = (0.1, 0.3)
"""Who finds no place is held back as long as elsewhere (`gateway.admission`)."""


class UploadPlaces:
    """The places of one worker; only greenlets of one thread use it, and none is interrupted between two lines."""

    def __init__(self, gate: ConcurrencyLimiter):
        self._gate = gate
        self._of: Counter[str] = Counter()

    def take(self, sender: str) -> None:
        """Take one; raises TooMany where the sender has enough of them, Unavailable where none is free."""
        if self._of[sender] >= MOST_OF_ONE:
            raise TooMany(
                "gateway.too_many_uploads", "您同时上传的文件太多，请等前面的传完再传。", retry_after=5
            )
        self._of[sender] += 1
        entered = False
        try:
            entered = self._gate.enter()
        finally:
            if not entered:
                self._forget(sender)
        if not entered:
            SHED.labels("busy").inc()
            gevent.sleep(random.uniform(*HELD_SECONDS))
            raise Unavailable(*SENTENCES[503], retry_after=random.randint(1, 5))

    def give_back(self, sender: str) -> None:
        """Give it to the next."""
        self._gate.leave()
        self._forget(sender)

    def _forget(self, sender: str) -> None:
        self._of[sender] -= 1
        if not self._of[sender]:
            del self._of[sender]


class UploadBody:
    """A body with a file, in place of `wsgi.input`: takes its place when it is first read, and has to come with a least speed."""

    def __init__(self, environ: dict, head: ConcurrencyLimiter, places: UploadPlaces):
        self._environ, self._head, self._places = environ, head, places
        self._body: Any = environ["wsgi.input"]
        self._in_head, self._sender = True, ""

    def read(self, size: int = STEP) -> bytes:
        """Give the next bytes, at most STEP of them.

        Raises TooMany or Unavailable where there is no place for it, RequestTimeout where it comes too slowly.
        """
        if not self._sender:
            self._change_places()
        too_slow = gevent.Timeout(STEP_SECONDS)
        try:
            with too_slow:
                return self._body.read(min(size, STEP) if size >= 0 else STEP)
        except gevent.Timeout as over:
            if over is not too_slow:
                raise
            # where the next request would begin is not known: the server closes the connection
            with suppress(AttributeError):
                self._body.failed = True
            raise RequestTimeout from None

    def leave(self) -> None:
        """Give back whatever place it has."""
        if self._in_head:
            self._head.leave()
        elif self._sender:
            self._places.give_back(self._sender)
        self._in_head, self._sender = False, ""

    def _change_places(self) -> None:
        sender = self._environ.get(SENDER) or self._environ.get("REMOTE_ADDR") or "unknown"
        if self._in_head:
            self._in_head = False
            self._head.leave()
        self._places.take(sender)
        self._sender = sender
