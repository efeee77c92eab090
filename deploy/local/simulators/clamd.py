"""A virus scanner on this machine: `python -m deploy.local.simulators.clamd --port 3310`.

A real TCP server on 127.0.0.1 that speaks of clamd's protocol what the platform asks: `zINSTREAM`, blocks behind their length, a length of 0.
It finds the EICAR test file wherever it stands, and can be told to misbehave: `zBEHAVE {json}` sets any of Behaviour's fields.
"""

from __future__ import annotations

import json
import socketserver
import struct
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
"""The harmless test file of all scanners, in two halves: this source is no virus."""

GARBAGE = b"\xff\xfe HTTP/1.1 200 OK\r\n\r\nOK\0"


@dataclass
class Behaviour:
    """How the next scans end: after `slow_ms`; with a hang-up after `hang_up_after` bytes; with `answer` instead of a word,
    byte by byte each `drip_ms`."""

    slow_ms: int = 0
    drip_ms: int = 0
    hang_up_after: int | None = None
    answer: str | None = None
    largest: int = 25_000_000


@dataclass
class Seen:
    """What was asked: the length of each stream that came whole."""

    streams: list[int] = field(default_factory=list)


class Handler(socketserver.StreamRequestHandler):
    """One connection."""

    server: ClamdSimulator

    def handle(self) -> None:
        """Answer one command; whoever hangs up meanwhile is not answered."""
        with suppress(ConnectionError, struct.error):
            command = self._command()
            if command == b"zINSTREAM":
                self._scan()
            elif command.startswith(b"zBEHAVE "):
                self.server.behaviour = Behaviour(**json.loads(command[8:]))
                self.wfile.write(b"OK\0")
            else:
                self.wfile.write(b"UNKNOWN COMMAND\0")

    def _command(self) -> bytes:
        command = b""
        while not command.endswith(b"\0") and len(command) < 4096:
            came = self.rfile.read(1)
            if not came:
                break
            command += came
        return command.rstrip(b"\0")

    def _scan(self) -> None:
        told, came = self.server.behaviour, b""
        while length := struct.unpack(">I", self.rfile.read(4))[0]:
            came += self.rfile.read(length)
            if told.hang_up_after is not None and len(came) > told.hang_up_after:
                return
            if len(came) > told.largest:
                self.wfile.write(b"INSTREAM size limit exceeded. ERROR\0")
                return
        self.server.seen.streams.append(len(came))
        time.sleep(told.slow_ms / 1000)
        if told.answer is not None:
            self._drip(told.answer.encode("latin-1"), told.drip_ms)
        else:
            self.wfile.write(b"stream: Eicar-Test-Signature FOUND\0" if EICAR in came else b"stream: OK\0")

    def _drip(self, answer: bytes, drip_ms: int) -> None:
        if not drip_ms:
            self.wfile.write(answer)
            return
        for byte in answer:
            self.wfile.write(bytes([byte]))
            self.wfile.flush()
            time.sleep(drip_ms / 1000)


class ClamdSimulator(socketserver.ThreadingTCPServer):
    """The server; port 0 takes any free one. As a context it serves in a thread of its own."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, port: int = 0):
        super().__init__(("127.0.0.1", port), Handler)
        self.behaviour, self.seen = Behaviour(), Seen()

    @property
    def port(self) -> int:
        """Say where it listens."""
        return self.server_address[1]

    @property
    def url(self) -> str:
        """Say it as CLAMD_URL does."""
        return f"tcp://127.0.0.1:{self.port}"

    def __enter__(self) -> ClamdSimulator:
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *failure) -> None:
        self.shutdown()
        self.server_close()


if __name__ == "__main__":
    ClamdSimulator(int(sys.argv[sys.argv.index("--port") + 1])).serve_forever()
