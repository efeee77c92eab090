"""The payment simulator as a process, and a receiver of its callbacks that hands them to the market's door."""

import os
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import requests

from services.chassis.actor import ANONYMOUS
from services.chassis.errors import DomainError

ROOT = Path(__file__).parents[3]
SECRET = "the secret of the tests"
USUAL = {
    "delay_ms": 20,
    "copies": 2,
    "copy_delay_ms": 20,
    "out_of_order": False,
    "fail": False,
    "fail_first_n": 0,
    "never": False,
    "wrong_signature": False,
    "wrong_amount": False,
}


class Simulator:
    """`python -m deploy.local.simulators.payment` on a free port."""

    def __init__(self):
        command = [sys.executable, "-m", "deploy.local.simulators.payment", "--port", "0"]
        env = {**os.environ, "PAYMENT_SECRET": SECRET}
        self.process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        assert line.startswith("listening on "), line
        self.url = f"http://{line.split()[-1]}"
        self.printed: list[str] = []
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        self.printed.extend(self.process.stdout)

    def behave(self, **wanted) -> None:
        """Be as usual but for what is wanted."""
        requests.post(f"{self.url}/_behaviour", json={**USUAL, **wanted}, timeout=5).raise_for_status()

    def end(self) -> int:
        """Ask it to end; gives the exit code."""
        self.process.terminate()
        try:
            return self.process.wait(timeout=10)
        finally:
            self.process.kill()


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
