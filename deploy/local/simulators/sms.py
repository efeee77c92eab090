"""An SMS provider on this machine: `SMS_SECRET=... python -m deploy.local.simulators.sms --port 8091`.

A real HTTP server on 127.0.0.1 that prints the messages instead of sending them (the phone's last four digits only) and
calls back with receipts. Requests are signed as receipts are (`X-Sms-Timestamp`, `X-Sms-Nonce`, `X-Sms-Signature`:
HMAC-SHA256 of `<timestamp>.<nonce>.<body>`); a nonce works once:

    POST /messages        {message_id, phone, text, callback_url}: sent once for each id
    GET  /messages/{id}   {message_id, state}; its state is accepted, delivered or failed
    POST /_behaviour      unsigned, for tests: any of sms_book.Behaviour's fields; GET gives them
    GET  /_sent           unsigned, for tests: all messages, and how many requests came
"""

import hmac
import json
import sys
import time
from dataclasses import asdict
from http.server import BaseHTTPRequestHandler

from deploy.local.simulators.serving import Simulator, serve
from deploy.local.simulators.sms_book import Book, sign
from services.chassis.http.signing import is_fresh

LARGEST = 100_000


class Handler(BaseHTTPRequestHandler):
    """One request; `server.book` is what the provider knows."""

    server: Simulator[Book]

    def do_GET(self):
        """Answer what is known."""
        book = self.server.book
        if self.path == "/_behaviour":
            return self._answer(200, asdict(book.behaviour))
        if self.path == "/_sent":
            return self._answer(200, {"messages": book.sent(), "asked": book.asked})
        self._signed(b"", lambda: self._give(book.find(self.path.removeprefix("/messages/"))))

    def do_POST(self):
        """Send, or behave."""
        length = int(self.headers.get("Content-Length") or 0)
        if length > LARGEST:
            return self._answer(413, {"error": "the body is too large"})
        body = self.rfile.read(length)
        if self.path == "/_behaviour":
            return self._checked(lambda: self._behave(json.loads(body)))
        if self.path != "/messages":
            return self._answer(404, {"error": "there is no such address"})
        self._signed(body, lambda: self._checked(lambda: self._send(json.loads(body))))

    def _signed(self, body: bytes, answer) -> None:
        timestamp, nonce = self.headers.get("X-Sms-Timestamp", ""), self.headers.get("X-Sms-Nonce", "")
        expected = sign(self.server.book.secret, timestamp, nonce, body)
        if not hmac.compare_digest(expected, self.headers.get("X-Sms-Signature", "")):
            return self._answer(401, {"error": "the signature is wrong"})
        if not is_fresh(timestamp, time.time()):
            return self._answer(401, {"error": "the timestamp is not fresh"})
        if not self.server.book.is_new(nonce):
            return self._answer(401, {"error": "the nonce was used before"})
        if self.server.book.fails():
            return self._answer(503, {"error": "told to fail"})
        answer()

    def _checked(self, doing) -> None:
        try:
            doing()
        except (ValueError, KeyError, TypeError) as error:
            self._answer(400, {"error": f"the request is wrong: {error}"})

    def _behave(self, wanted: dict) -> None:
        self.server.book.behave(wanted)
        self._answer(200, asdict(self.server.book.behaviour))

    def _send(self, wanted: dict) -> None:
        behaviour = self.server.book.behaviour
        if behaviour.refuse:
            return self._answer(422, {"error": "told to refuse"})
        made = self.server.book.send(wanted)
        time.sleep(behaviour.slow_ms / 1000)
        self._give(made | ({"message_id": "another"} if behaviour.wrong_id else {}))

    def _give(self, message: dict | None) -> None:
        if message is None:
            return self._answer(404, {"error": "there is no such message"})
        self._answer(200, {name: message[name] for name in ("message_id", "state")})

    def _answer(self, status: int, said: dict) -> None:
        body = json.dumps(said).encode()
        try:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        except OSError:
            pass  # who asked has gone away, which slow answers are there to provoke

    def log_message(self, format, *args):
        """Print nothing: the messages are what is looked for in this log."""


def main(arguments: list[str]) -> int:
    """Serve until SIGTERM or SIGINT; without a secret one sentence and exit 2."""
    return serve("sms", "SMS_SECRET", "identity", Handler, Book, arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
