"""What an orchestrator asks each process: does its own loop turn (`/livez`), and does it take work (`/readyz`)?

Whether broker and database answer is no part of being alive: a restart would not bring them back, and all would restart at once. It
is answered by a thread of the process, in an eventlet process by a greenlet, so that a loop that hangs answers nothing.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from services.chassis.core.settings import Settings

log = logging.getLogger(__name__)

Asks = Callable[[], bool]


class ProbeHandler(BaseHTTPRequestHandler):
    """Answers 200 or 503; nobody who is slow holds it up for long."""

    timeout = 2
    server_version, sys_version = "xiangzhi", ""
    probes: dict[str, Asks]

    def do_GET(self) -> None:
        ask = self.probes.get(self.path)
        status = 404 if ask is None else 200 if ask() else 503
        body = b"ok\n" if status == 200 else b"no\n"
        self.send_response(status)
        self.send_header("Content-Type", "text/plain")
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
