"""What the gateway counts: every answered request by the pattern of its route, and what it refused for now.

Who reports leaves no count either: a route whose operation is confidential is not measured, as nothing of it is logged. With few reports a
count that went up would tell when one came.
"""

import time

from services.chassis.core import metrics

REQUESTS = metrics.counter(
    "xiangzhi_requests_total",
    "answered requests; route is the pattern (/orders/{order_id}), never an address; what no route has is `none`",
    "route",
    "method",
    "status",
)
REQUEST_SECONDS = metrics.histogram(
    "xiangzhi_request_seconds", "from the request's last byte to the answer's first", "route", "method"
)
SHED = metrics.counter(
    "xiangzhi_requests_shed_total",
    "requests refused with 503 and Retry-After or 429; reason is busy, rpc_in_flight or connections",
    "reason",
)

for _reason in ("busy", "rpc_in_flight", "connections"):
    SHED.labels(_reason)  # told from 0 on: who asks for the difference of two counts needs both

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
ROUTE = "xiangzhi.route"
"""Under this name the environment of a request holds the pattern of its route."""
RECEIVED = "xiangzhi.received"
"""And here when it was here whole (`time.perf_counter()`), where that was later than its beginning."""
NONE, UNMEASURED = "none", ""
"""The route of what no route has; that of what is not measured."""


def count(environ: dict, status: str, began: float) -> None:
    """Count one answer by its status line; `began` is `time.perf_counter()` at the request's beginning."""
    route = environ.get(ROUTE, NONE)
    if route == UNMEASURED:
        return
    given = environ.get("REQUEST_METHOD", "")
    method = given if given in METHODS else "other"
    REQUESTS.labels(route, method, status[:3]).inc()
    REQUEST_SECONDS.labels(route, method).observe(time.perf_counter() - environ.get(RECEIVED, began))


def count_turned_away() -> None:
    """Count one connection that was closed because its address has too many."""
    SHED.labels("connections").inc()
    REQUESTS.labels(NONE, "other", "429").inc()
