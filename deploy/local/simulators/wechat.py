"""WeChat's web authorization on this machine: `WECHAT_APP_SECRET=... python -m deploy.local.simulators.wechat --port 8093`.

A real HTTP server on 127.0.0.1 that stands in for both of WeChat's addresses, the page that a browser is sent to and the one that exchanges codes:

    GET  /connect/oauth2/authorize   sends the browser back at once, as with the scope snsapi_base: `code` and `state`
    GET  /sns/oauth2/access_token    {openid, access_token, ...}, or {errcode, errmsg} with status 200
    POST /_behaviour                 for tests: any of wechat_book.Behaviour's fields; GET gives them
    GET  /_asked                     for tests: how many codes were to be exchanged
"""

import json
import sys
import time
from dataclasses import asdict
from http.server import BaseHTTPRequestHandler
from urllib.parse import parse_qs, urlencode, urlsplit

from deploy.local.simulators.serving import Simulator, serve
from deploy.local.simulators.wechat_book import APP_ID, Book

LARGEST = 100_000


class Handler(BaseHTTPRequestHandler):
    """One request; `server.book` is what WeChat knows."""

    server: Simulator[Book]

    def do_GET(self):
        """Send a browser back, exchange a code, or say what is known."""
        book, parts = self.server.book, urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if parts.path == "/_behaviour":
            return self._answer(200, asdict(book.behaviour))
        if parts.path == "/_asked":
            return self._answer(200, {"asked": book.asked})
        if parts.path == "/connect/oauth2/authorize":
            return self._authorize(asked)
        if parts.path == "/sns/oauth2/access_token":
            return self._exchange(asked)
        self._answer(404, {"error": "there is no such address"})

    def do_POST(self):
        """Behave."""
        length = int(self.headers.get("Content-Length") or 0)
        if length > LARGEST:
            return self._answer(413, {"error": "the body is too large"})
        body = self.rfile.read(length)
        if self.path != "/_behaviour":
            return self._answer(404, {"error": "there is no such address"})
        try:
            self.server.book.behave(json.loads(body))
        except (ValueError, TypeError, AttributeError) as error:
            return self._answer(400, {"error": f"the request is wrong: {error}"})
        self._answer(200, asdict(self.server.book.behaviour))

    def _authorize(self, asked: dict) -> None:
        wanted = {"appid": APP_ID, "response_type": "code", "scope": "snsapi_base"}
        back, state = asked.get("redirect_uri", ""), asked.get("state", "")
        wrong = [name for name, value in wanted.items() if asked.get(name) != value]
        # WeChat takes letters and digits, and not more than 128 of them
        if wrong or urlsplit(back).scheme not in ("http", "https") or not state.isalnum() or len(state) > 128:
            return self._answer(400, {"error": f"wrong: {wrong or ['redirect_uri or state']}"})
        book = self.server.book
        given = {"state": state} if book.behaviour.cancel else {"code": book.code(), "state": state}
        self.send_response(302)
        self.send_header("Location", f"{back}?{urlencode(given)}")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _exchange(self, asked: dict) -> None:
        book = self.server.book
        behaviour = book.behaviour
        if asked.get("grant_type") != "authorization_code":
            return self._answer(200, {"errcode": 40002, "errmsg": "invalid grant_type"})
        if book.fails():
            return self._answer(503, {"error": "told to fail"})
        said = book.exchange(asked.get("appid", ""), asked.get("secret", ""), asked.get("code", ""))
        time.sleep(behaviour.slow_ms / 1000)
        if behaviour.lost:
            self.close_connection = True
            return
        self._answer(200, ["something else"] if behaviour.malformed else said)

    def _answer(self, status: int, said: dict | list) -> None:
        body = json.dumps(said).encode()
        try:
            self.send_response(status)
            # as WeChat says it
            self.send_header("Content-Type", "text/plain")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        except OSError:
            pass  # who asked has gone away, which slow answers are there to provoke

    def log_message(self, format, *args):
        """Print nothing: what is asked stands in the addresses, the secret too."""


def main(arguments: list[str]) -> int:
    """Serve until SIGTERM or SIGINT; without a secret one sentence and exit 2."""
    return serve("wechat", "WECHAT_APP_SECRET", "identity", Handler, Book, arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
