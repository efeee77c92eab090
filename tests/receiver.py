"""A department's endpoint as the tests play it: a real HTTP server that checks every signature with the library.

One without a secret checks nothing.
"""

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from standardwebhooks import Webhook


class Receiver:
    """Takes events on loopback; `behave(event, handler)` gives the status, or None where it has answered by itself.

    `taken` holds what was answered with 2xx, `asked`, `headers` and `bodies` everything, in the order of arrival;
    `pings` are apart, and answered with `takes_pings`.
    """

    def __init__(self):
        self.secret = ""
        self.behave = lambda event, handler: 204
        self.pings: list[dict] = []
        self.takes_pings = 204
        self.asked: list[dict] = []
        self.taken: list[dict] = []
        self.headers: list[dict] = []
        self.bodies: list[bytes] = []
        self.released = threading.Event()
        self.server: ThreadingHTTPServer | None = None
        self.port = 0

    def start(self, context=None) -> "Receiver":
        """Listen, again on the port of before."""
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                receiver._receive(self)

            def log_message(self, *_):
                pass

        ThreadingHTTPServer.daemon_threads = True
        self.server = ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        if context:
            self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        self.port = self.server.server_port
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def stop(self) -> None:
        """Refuse connections."""
        server, self.server = self.server, None
        if server:
            server.shutdown()
            server.server_close()

    @property
    def url(self) -> str:
        """Give the address, with a secret in its query that no log may show."""
        return f"http://127.0.0.1:{self.port}/hook?key=query-secret"

    @property
    def subjects(self) -> list[str]:
        """Give the subjects of the events taken."""
        return [event["subject"] for event in self.taken]

    @property
    def told(self) -> str:
        """Say what came, for a wait in vain."""
        return f"asked {[event['subject'] for event in self.asked]}, taken {self.subjects}"

    def _receive(self, handler: BaseHTTPRequestHandler) -> None:
        body = handler.rfile.read(int(handler.headers["content-length"]))
        headers = {name.lower(): value for name, value in handler.headers.items()}
        event = Webhook(self.secret).verify(body, headers) if self.secret else json.loads(body)
        assert headers["webhook-id"] == event["id"]
        if event.get("type") == "xiangzhi.identity.webhook.ping.v1":
            self.pings.append(event)
            return answer(handler, self.takes_pings)
        self.asked.append(event)
        self.headers.append(headers)
        self.bodies.append(body)
        status = self.behave(event, handler)
        if status is None:
            return
        if 200 <= status < 300:
            self.taken.append(event)
        answer(handler, status)

    def hang(self, event, handler) -> int:
        """Behave like an endpoint that does not answer until `released`."""
        self.released.wait(60)
        return 204


def answer(handler: BaseHTTPRequestHandler, status: int, **headers: str) -> None:
    """Answer without a body."""
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name, value)
    handler.send_header("content-length", "0")
    handler.end_headers()


@contextmanager
def receiving(context=None):
    """Give a receiver that listens."""
    receiver = Receiver().start(context)
    try:
        yield receiver
    finally:
        receiver.released.set()
        receiver.stop()
