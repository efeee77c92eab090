"""How every simulator is run: `--port`, a secret from the environment, and a server that ends on SIGTERM, SIGINT or as an orphan."""

import argparse
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Generic, TypeVar

from deploy.local.simulators.behaving import Book

B = TypeVar("B", bound=Book)


class Simulator(ThreadingHTTPServer, Generic[B]):
    """A server whose handlers share one book."""

    daemon_threads = True

    def __init__(self, port: int, handler: type[BaseHTTPRequestHandler], book: B):
        super().__init__(("127.0.0.1", port), handler)
        self.book = book


def serve(
    name: str,
    secret_of: str,
    also_held_by: str,
    handler: type[BaseHTTPRequestHandler],
    make_book: Callable[[bytes], Book],
    arguments: list[str],
) -> int:
    """Serve until told to end; without a secret in the variable `secret_of` one sentence and exit 2."""
    parser = argparse.ArgumentParser(prog=f"python -m deploy.local.simulators.{name}")
    parser.add_argument("--port", type=int, required=True, help="0 takes a free one and prints it")
    port = parser.parse_args(arguments).port
    secret = os.environ.get(secret_of)
    if not secret:
        print(
            f"{secret_of} is not set: give the simulator the secret that {also_held_by} has.", file=sys.stderr
        )
        return 2
    server = Simulator(port, handler, make_book(secret.encode()))
    for wanted in (signal.SIGTERM, signal.SIGINT):
        # shutdown() waits for serve_forever, which runs in the thread that takes the signal
        signal.signal(wanted, lambda *_: threading.Thread(target=server.shutdown, daemon=True).start())
    threading.Thread(target=_end_with_whoever_began_it, args=(os.getppid(), server), daemon=True).start()
    print(f"listening on 127.0.0.1:{server.server_address[1]}", flush=True)
    server.serve_forever(poll_interval=0.1)
    server.server_close()
    return 0


def _end_with_whoever_began_it(parent: int, server: Simulator) -> None:
    """A test or a platform that was killed could not say goodbye."""
    while os.getppid() == parent:
        time.sleep(1)
    server.shutdown()
