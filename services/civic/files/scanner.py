"""A virus scanner's word on a file: clamd's INSTREAM, over TCP or a socket of the machine.

Asked is `zINSTREAM`, then each block behind its length (4 bytes, big-endian), then a length of 0. The answer ends with a zero byte:
`stream: OK`, `stream: <name> FOUND` or `... ERROR` (clamd(8), "COMMANDS"). Whatever is no clear word is no word: the file waits.
"""

from __future__ import annotations

import re
import socket
import struct
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

from services.chassis.http import outcomes

BLOCK = 64 * 1024
CONNECT_SECONDS = 5.0
ANSWER_SECONDS = 60.0
"""From the first byte that is sent to the last of the answer; 15 MB take clamd a second or a few."""

LONGEST_ANSWER = 4096
CLEAN = b"stream: OK\0"
FOUND = re.compile(rb"stream: [^\0\n]+ FOUND\0\Z")


class ScannerSilent(Exception):
    """The scanner gave no word that could be relied on; `reason` is told in the log."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class FileScanner:
    """Clamd at `address`, tcp://host:port or unix:///path; without an address nothing is scanned."""

    address: str = ""

    def __bool__(self) -> bool:
        return bool(self.address)

    def finds_something(self, content: Iterable[bytes]) -> bool:
        """Tell whether the scanner names something in it; raises ScannerSilent where it gives no clear word."""
        try:
            answer = self._asked(content)
        except OSError as error:
            outcomes.count("clamd", ok=False)
            raise ScannerSilent(type(error).__name__) from None
        clear = answer == CLEAN or FOUND.match(answer) is not None
        outcomes.count("clamd", clear)
        if not clear:
            raise ScannerSilent(_printable(answer))
        return answer != CLEAN

    def _asked(self, content: Iterable[bytes]) -> bytes:
        with self._connected() as line:
            until = time.monotonic() + ANSWER_SECONDS
            # it may hang up on the way: what it said before, that the file is too large, is read all the same
            with suppress(BrokenPipeError, ConnectionResetError):
                _send(line, content, until)
            return _answer(line, until)

    def _connected(self) -> socket.socket:
        where = urlsplit(self.address)
        if where.scheme == "tcp":
            return socket.create_connection((where.hostname or "", where.port or 0), CONNECT_SECONDS)
        line = socket.socket(socket.AF_UNIX)
        try:
            line.settimeout(CONNECT_SECONDS)
            line.connect(where.path)
        except OSError:
            line.close()
            raise
        return line


def _send(line: socket.socket, content: Iterable[bytes], until: float) -> None:
    line.settimeout(ANSWER_SECONDS)
    line.sendall(b"zINSTREAM\0")
    for piece in content:
        for at in range(0, len(piece), BLOCK):
            block = piece[at : at + BLOCK]
            line.settimeout(_left(until))
            line.sendall(struct.pack(">I", len(block)) + block)
    line.sendall(struct.pack(">I", 0))


def _answer(line: socket.socket, until: float) -> bytes:
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < LONGEST_ANSWER:
        line.settimeout(_left(until))
        came = line.recv(LONGEST_ANSWER)
        if not came:
            break
        answer += came
    return answer


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _printable(answer: bytes) -> str:
    return answer[:80].decode("ascii", "replace").strip("\0") or "it hung up"


NO_SCANNER = FileScanner()
"""Where the platform names none: what is no danger as a picture is kept at once."""
