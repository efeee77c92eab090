"""A payment provider on this machine: `PAYMENT_SECRET=... python -m deploy.local.simulators.payment --port
8090`.

A real HTTP server on 127.0.0.1 that pays by itself and calls back. Requests are signed as callbacks are
(`X-Payment-Timestamp`, `X-Payment-Signature`: HMAC-SHA256 of `<timestamp>.<body>`):

    POST /payments        {payment_id, order_id, amount_fen, callback_url, note?: a behaviour as JSON}
    GET  /payments/{id}   what is known of it; its state is pending, succeeded, failed or refunded (all of it)
    POST /refunds         {payment_id, refund_id, amount_fen}: one refund; the payment then names each in `refunds`
    GET  /pay/{id}        the page on which people would pay: here it is paid by itself
    POST /_behaviour      unsigned, for tests: any of payment_book.Behaviour's fields; GET gives them
"""

import hmac
import json
import sys
import time
from dataclasses import asdict
from http.server import BaseHTTPRequestHandler

from deploy.local.simulators.payment_book import Book, sign
from deploy.local.simulators.serving import Simulator, serve
from services.chassis.http.signing import is_fresh

LARGEST = 100_000
PAID_BY_ITSELF = """<!doctype html>
<html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>模拟支付</title>
<h1>模拟支付</h1>
<p>这是本机的模拟支付，没有真的钱，不用操作：几秒钟以后订单就显示已付款。请关掉这一页，回到订单。</p>
</html>
"""


class Handler(BaseHTTPRequestHandler):
    """One request; `server.book` is what the provider knows."""

    server: Simulator[Book]

    def do_GET(self):
        """Answer what is known."""
        if self.path == "/_behaviour":
            return self._answer(200, asdict(self.server.book.behaviour))
        if self.path.startswith("/pay/"):
            return self._show()
        self._signed(b"", lambda: self._give(self.server.book.find(self.path.removeprefix("/payments/"))))

    def do_POST(self):
        """Open, refund, or behave."""
        length = int(self.headers.get("Content-Length") or 0)
        if length > LARGEST:
            return self._answer(413, {"error": "the body is too large"})
        body = self.rfile.read(length)
        if self.path == "/_behaviour":
            return self._checked(lambda: self._behave(json.loads(body)))
        doing = {"/payments": self._open, "/refunds": self._refund}.get(self.path)
        if doing is None:
            return self._answer(404, {"error": "there is no such address"})
        self._signed(body, lambda: self._checked(lambda: doing(json.loads(body))))

    def _signed(self, body: bytes, answer) -> None:
        timestamp = self.headers.get("X-Payment-Timestamp", "")
        expected = sign(self.server.book.secret, timestamp, body)
        if not hmac.compare_digest(expected, self.headers.get("X-Payment-Signature", "")):
            return self._answer(401, {"error": "the signature is wrong"})
        if not is_fresh(timestamp, time.time()):
            return self._answer(401, {"error": "the timestamp is not fresh"})
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

    def _open(self, wanted: dict) -> None:
        book = self.server.book
        behaviour = book.behaviour.told(json.loads(wanted.get("note") or "{}"))
        self._give(book.open(wanted, behaviour, f"http://127.0.0.1:{self.server.server_port}"))

    def _refund(self, wanted: dict) -> None:
        book = self.server.book
        refund_id = wanted.get("refund_id", wanted["payment_id"])  # one of the whole needs no id of its own
        self._give(book.refund(wanted["payment_id"], refund_id, wanted["amount_fen"], book.behaviour))

    def _give(self, payment: dict | None) -> None:
        if payment is None:
            return self._answer(404, {"error": "there is no such payment"})
        self._answer(200, payment)

    def _show(self) -> None:
        """Stand in for the page on which people pay: here it is paid by itself."""
        body = PAID_BY_ITSELF.encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _answer(self, status: int, said: dict) -> None:
        body = json.dumps(said).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format, *args):
        """Print the request's line; ids only, no body."""
        print(format % args, flush=True)


def main(arguments: list[str]) -> int:
    """Serve until SIGTERM or SIGINT; without a secret one sentence and exit 2."""
    return serve("payment", "PAYMENT_SECRET", "the market", Handler, Book, arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
