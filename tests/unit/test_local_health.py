"""What the launcher makes of /readyz: 200, 200 with a warning, 503, and answers that are none."""

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from deploy.local import health, status
from deploy.local.refusal import Refusal

OK = {"market": {"status": "ok"}, "identity": {"status": "ok"}}
WARNED = {"market": {"status": "ok"}, "identity": {"status": "ok", "warning": "its relay is silent"}}
AWAY = {"market": {"status": "rpc.no_service"}, "identity": {"status": "ok"}}


@contextmanager
def gateway(*answers: tuple[int, bytes]):
    """A gateway that gives these answers, the last one for ever; gives its port."""
    left = list(answers)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            code, body = left.pop(0) if len(left) > 1 else left[0]
            self.send_response(code)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()


def told(checks: dict) -> bytes:
    return json.dumps({"status": "ready", "checks": checks}).encode()


@pytest.mark.parametrize(
    ("code", "body", "expected"),
    [
        (200, told(OK), (True, "")),
        (200, told(WARNED), (True, "identity: its relay is silent")),
        (503, told(AWAY), (False, "market")),
        (200, b"nobody speaks JSON here", (True, "")),
        (503, b"nobody speaks JSON here", (False, "the gateway answers 503")),
    ],
)
def test_readiness_is_told_with_what_is_to_be_looked_at(code, body, expected):
    with gateway((code, body)) as port:
        assert health.ask(port) == expected


def test_a_start_waits_until_nothing_is_warned_of_either():
    with gateway((503, told(AWAY)), (200, told(WARNED)), (200, told(OK))) as port:
        looks = []
        health.wait(port, lambda: looks.append(True))
    assert len(looks) == 3


def test_a_start_that_is_warned_of_to_the_end_says_why():
    with gateway((200, told(WARNED))) as port, pytest.raises(Refusal, match="its relay is silent"):
        health.wait(port, lambda: None, seconds=0)


@pytest.mark.parametrize(
    ("answer", "line"),
    [
        ((True, ""), "ready"),
        ((True, "identity: its relay is silent"), "ready: identity: its relay is silent"),
        ((False, "market"), "NOT ready: market"),
    ],
)
def test_status_says_what_a_list_of_processes_that_run_does_not(answer, line):
    assert status._said(*answer) == line
