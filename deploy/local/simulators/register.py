"""Another office's household register on this machine: `REGISTER_SECRET=... python -m deploy.local.simulators.register --port 8092`.

A real HTTP server on 127.0.0.1 that is asked about fingerprints (see register_book.py) and signs what it says. A request is signed with
`X-Register-Timestamp`, `X-Register-Nonce` and `X-Register-Signature`, HMAC-SHA256 of `request.<timestamp>.<nonce>.<body>`; a nonce works
once. The answer is signed over `answer.<its timestamp>.<the request's nonce>.<body>`:

    POST /persons      {person}: {person, found}
    POST /_people      unsigned, for tests: {people: [{id_number, name}]} are the register from now on
    POST /_behaviour   unsigned, for tests: any of register_book.Behaviour's fields; GET gives them
    GET  /_asked       unsigned, for tests: the fingerprints that were asked about
"""

import hmac
import json
import sys
import time
from dataclasses import asdict
from http.server import BaseHTTPRequestHandler

from deploy.local.simulators.register_book import Book, sign
from deploy.local.simulators.serving import Simulator, serve
from services.chassis.http.signing import is_fresh

LARGEST = 1_000_000


class Handler(BaseHTTPRequestHandler):
    """One request; `server.book` is what the register knows."""

    server: Simulator[Book]

    def do_GET(self):
        """Tell what the tests want to know."""
        book = self.server.book
        known = {"/_behaviour": asdict(book.behaviour), "/_asked": {"asked": book.asked}}
        if self.path not in known:
            return self._refuse(404, "there is no such address")
        self._say(200, known[self.path])

    def do_POST(self):
        """Answer a question, learn people, or behave."""
        length = int(self.headers.get("Content-Length") or 0)
        if length > LARGEST:
            return self._refuse(413, "the body is too large")
        body = self.rfile.read(length)
        doing = {"/persons": self._look_up, "/_people": self._enter, "/_behaviour": self._behave}.get(
            self.path
        )
        if doing is None:
            return self._refuse(404, "there is no such address")
        try:
            doing(body)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            self._refuse(400, f"the request is wrong: {type(error).__name__}")

    def _look_up(self, body: bytes) -> None:
        book, nonce = self.server.book, self.headers.get("X-Register-Nonce", "")
        wrong = self._what_is_wrong(nonce, body)
        if wrong:
            return self._refuse(401, wrong)
        person = json.loads(body)["person"]
        book.note(person)
        failing = book.fails()
        time.sleep(book.behaviour.slow_ms / 1000)
        if book.behaviour.hang_up:
            self.close_connection = True
        elif failing:
            self._refuse(503, "told to fail")
        else:
            headers, body = book.answer(person, nonce)
            self._write(200, headers, body, book.behaviour.drip_ms)

    def _what_is_wrong(self, nonce: str, body: bytes) -> str | None:
        timestamp = self.headers.get("X-Register-Timestamp", "")
        expected = sign(self.server.book.secret, "request", timestamp, nonce, body)
        if not hmac.compare_digest(expected, self.headers.get("X-Register-Signature", "")):
            return "the signature is wrong"
        if not is_fresh(timestamp, time.time()):
            return "the timestamp is not fresh"
        return None if self.server.book.is_new(nonce) else "the nonce was used before"

    def _enter(self, body: bytes) -> None:
        self.server.book.enter(json.loads(body)["people"])
        self._say(200, {})

    def _behave(self, body: bytes) -> None:
        self.server.book.behave(json.loads(body))
        self._say(200, asdict(self.server.book.behaviour))

    def _refuse(self, status: int, why: str) -> None:
        self._say(status, {"error": why})

    def _say(self, status: int, said: dict) -> None:
        self._write(status, {}, json.dumps(said).encode())

    def _write(self, status: int, headers: dict[str, str], body: bytes, drip_ms: int = 0) -> None:
        try:
            self.send_response(status)
            for name, value in {**headers, "Content-Type": "application/json"}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            for piece in [body[at : at + 1] for at in range(len(body))] if drip_ms else [body]:
                self.wfile.write(piece)
                time.sleep(drip_ms / 1000)
        except OSError:
            pass  # who asked has gone away, which slow answers are there to provoke

    def log_message(self, format, *args):
        """Print the request's line; a question's address holds nothing of a person."""
        print(format % args, flush=True)


def main(arguments: list[str]) -> int:
    """Serve until SIGTERM or SIGINT; without a secret one sentence and exit 2."""
    return serve("register", "REGISTER_SECRET", "identity", Handler, Book, arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
