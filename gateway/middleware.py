"""What every answer of the gateway has: a request id, the security headers, one line in the log."""

import logging
import os
import re
import time
from collections.abc import Callable, Iterable

from gateway import metrics

log = logging.getLogger("gateway.app")

GIVEN_ID = re.compile(r"\A[A-Za-z0-9\-]{8,64}\Z")
REQUEST_ID = "xiangzhi.request_id"
"""Under this name the environment of a request holds its id."""
SECURITY_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=31536000",
    "Cache-Control": "no-store",
}
"""What an answer says of these itself stays."""


class ResponseMiddleware:
    """The outermost WSGI layer: names the request, completes the headers of its answer, whoever gave it, and counts it."""

    def __init__(self, app: Callable):
        self._app = app

    def __call__(self, environ: dict, start_response: Callable) -> Iterable[bytes]:
        """Have the request answered."""
        began = time.perf_counter()
        name = environ[REQUEST_ID] = request_id(environ.get("HTTP_X_REQUEST_ID", ""))

        def start(status: str, headers: list[tuple[str, str]], *failed):
            metrics.count(environ, status, began)
            given = {header for header, _ in headers}
            missing = [one for one in SECURITY_HEADERS.items() if one[0] not in given]
            return start_response(status, [*headers, ("X-Request-Id", name), *missing], *failed)

        return self._app(environ, start)


def request_id(given: str) -> str:
    """Give the caller's own request id if it is one, else a new one."""
    return given if GIVEN_ID.match(given) else os.urandom(16).hex()


def log_answer(route: str, status: int, began: float, request_id: str) -> None:
    """Log one answer; `began` is `time.perf_counter()` at the request's beginning."""
    took = round((time.perf_counter() - began) * 1000, 1)
    log.info("answered", extra={"route": route, "status": status, "ms": took, "request_id": request_id})
