"""What is refused before Flask: in the same shape as every error, at the price of a few lines."""

import logging
import random
import threading
import time
from collections.abc import Callable
from http import HTTPStatus

import orjson

from gateway.errors import SENTENCES, problem_body
from gateway.middleware import REQUEST_ID

log = logging.getLogger("gateway.refusing")

RETRY_SECONDS = (1, 5)
"""Who is refused for what passes is sent back after some time between these, so that not all come again together."""
FOR_NOW = (HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE)
REPORT_SECONDS = 1.0
"""One line of the log tells of all refusals of a kind in this time."""


def refuse(environ: dict, start_response: Callable, status: HTTPStatus) -> list[bytes]:
    """Answer a WSGI request with the problem (RFC 9457) of this status; where it is one for now, with Retry-After."""
    body = orjson.dumps(problem_body(status, *SENTENCES[status], environ[REQUEST_ID]))
    told = {
        "Content-Type": "application/problem+json",
        "Content-Length": str(len(body)),
        **when_again(status),
    }
    start_response(f"{status} {status.phrase}", list(told.items()))
    return [body]


def when_again(status: int) -> dict[str, str]:
    """Give the header that says when to come again, where it is no use to do so at once."""
    return {"Retry-After": str(random.randint(*RETRY_SECONDS))} if status in FOR_NOW else {}


class Refusals:
    """Counts refusals and tells the log once in a while: a line for each would be work that a busy gateway has no time for."""

    def __init__(self, why: str):
        self._why = why
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
        log.warning(self._why, extra={"refused": count})
