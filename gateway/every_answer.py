"""What every answer of the gateway has: a request id, the security headers, one line in the log."""

import logging
import re
import time
import uuid

log = logging.getLogger("gateway.app")

REQUEST_ID = re.compile(r"\A[A-Za-z0-9\-]{8,64}\Z")
SECURITY_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=31536000",
    "Cache-Control": "no-store",
}


def request_id(given: str) -> str:
    """Give the caller's own request id if it is one, else a new one."""
    return given if REQUEST_ID.match(given) else uuid.uuid4().hex


def log_answer(route: str, status: int, began: float, request_id: str) -> None:
    """Log one answer; `began` is `time.perf_counter()` at the request's beginning."""
    took = round((time.perf_counter() - began) * 1000, 1)
    log.info("answered", extra={"route": route, "status": status, "ms": took, "request_id": request_id})
