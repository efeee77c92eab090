"""The payment simulator as a process, and a receiver of its callbacks that hands them to the market's door."""

import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

from deploy.local.simulators.payment_book import Behaviour
from services.chassis.core.errors import DomainError
from services.civic.actor import ANONYMOUS
from tests.integration import simulators

SECRET = "the secret of the tests"


class Simulator(simulators.Simulator):
    """The payment provider, in a hurry."""

    name, secret = "payment", SECRET
    usual: ClassVar[dict] = {**vars(Behaviour()), "delay_ms": 20, "copy_delay_ms": 20}


class Receiver:
    """A tiny gateway: POST /payments/callback goes to the door; `outcomes` are states and refusals in order."""

    def __init__(self, ask):
        self.outcomes: list[str] = []
        self.sent: list[dict] = []
        self.refuse_first = 0
        self._ask = ask
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                status = receiver.take(
                    body, self.headers["X-Payment-Timestamp"], self.headers["X-Payment-Signature"]
                )
                self.send_response(status)
                self.end_headers()

            def log_message(self, *args):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/payments/callback"
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def take(self, body: str, timestamp: str, signature: str) -> int:
        """Hand one callback to the door; gives the HTTP status."""
        if self.refuse_first > 0:
            self.refuse_first -= 1
            return 503
        callback = {"body": body, "timestamp": timestamp, "signature": signature}
        self.sent.append(callback)
        try:
            outcome = self._ask(ANONYMOUS, "take_payment_callback", **callback)["state"]
        except DomainError as refusal:
            outcome = refusal.code
        self.outcomes.append(outcome)
        return 200 if "." not in outcome else 403

    def wait_for(self, many: int) -> list[str]:
        """Wait until so many callbacks came; gives their outcomes."""
        until(lambda: len(self.outcomes) >= many)
        return self.outcomes

    def end(self) -> None:
        """Close it."""
        self.server.shutdown()
        self.server.server_close()


def until(happened, seconds: float = 15.0) -> None:
    """Wait until something happened, for so long at most."""
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)
