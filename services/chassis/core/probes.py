"""What each process is asked: does its own loop turn (`/livez`), does it take work (`/readyz`), what does it count (`/metrics`)?

Whether broker and database answer is no part of being alive: a restart would not bring them back, and all would restart at once. It
is answered by a thread of the process, in an eventlet process by a greenlet, so that a loop that hangs answers nothing.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING

from prometheus_client import CONTENT_TYPE_LATEST

from services.chassis.core.metrics import exposition

if TYPE_CHECKING:
    from services.chassis.core.settings import Settings

log = logging.getLogger(__name__)

Asks = Callable[[], bool]


class ProbeHandler(BaseHTTPRequestHandler):
    """Answers 200 or 503, and what is counted; nobody who is slow holds it up for long."""

    timeout = 2
    server_version, sys_version = "xiangzhi", ""
    probes: dict[str, Asks]

    def do_GET(self) -> None:
        if self.path == "/metrics":
            return self._answer(200, exposition(), CONTENT_TYPE_LATEST)
        ask = self.probes.get(self.path)
        status = 404 if ask is None else 200 if ask() else 503
        self._answer(status, b"ok\n" if status == 200 else b"no\n", "text/plain")

    def _answer(self, status: int, body: bytes, media: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", media)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: it is asked every few seconds."""


def serve(settings: Settings, alive: Asks, ready: Asks) -> None:
    """Answer on PROBE_PORT as long as the process lives; nothing where it is 0. Raises OSError where the port is taken."""
    if not settings.probe_port:
        return
    handler = type("Probes", (ProbeHandler,), {"probes": {"/livez": alive, "/readyz": ready}})
    server = HTTPServer((settings.host, settings.probe_port), handler)
    threading.Thread(target=server.serve_forever, name="probes", daemon=True).start()
