"""Work on files from outside in a process of its own: what a decoder does with a hostile one stays there, and the event loop runs on.

A child is a script that imports nothing of ours: it reads stdin, writes stdout, and ends with 0 or with a number that means something
to whoever runs it. It begins with an empty environment, thus without our secrets.
"""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from services.chassis.core.errors import Unavailable

LIMITED = Path(__file__).parent / "limited.py"
AT_ONCE = 2
"""Children of one process at the same time; who finds no place within PATIENCE seconds is sent back."""

PATIENCE = 5.0
GRACE = 5.0
"""Seconds after its own limit in which a child that switched its clock off is ended from here."""

PIECE = 64 * 1024
"""Bytes that are read of a child at a time."""


class ChildPlaces:
    """AT_ONCE places, of which a person who is named has one at a time: one person's hostile files do not stop the others'."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._taken: list[str] = []

    def take(self, whose: str) -> bool:
        """Take one within PATIENCE seconds; "" is nobody in particular."""
        with self._changed:
            if not self._changed.wait_for(lambda: self._has_one_for(whose), PATIENCE):
                return False
            self._taken.append(whose)
            return True

    def give_back(self, whose: str) -> None:
        """Let the next one in."""
        with self._changed:
            self._taken.remove(whose)
            self._changed.notify_all()

    def _has_one_for(self, whose: str) -> bool:
        return len(self._taken) < AT_ONCE and (not whose or whose not in self._taken)


_places = ChildPlaces()


@dataclass(frozen=True)
class Limits:
    """What a child may use: bytes of address space, seconds of the clock, and seconds of the processor."""

    memory: int
    seconds: int
    processor: int


class ChildFailed(Exception):
    """The child ended otherwise than well: `status` is its own number, or minus the signal that ended it."""

    def __init__(self, status: int):
        super().__init__(f"the child ended with {status}")
        self.status = status


def run(script: Path, given: bytes, limits: Limits) -> bytes:
    """What the script makes of the bytes; raises ChildFailed, Unavailable where too many are at work."""
    return b"".join(stream(script, [given], limits))


def stream(script: Path, given: Iterable[bytes], limits: Limits, whose: str = "") -> Generator[bytes]:
    """What the script makes of the bytes, as it comes; the script reads all of them before it writes. Raises as `run` does.

    Whoever stops reading ends the child. `whose` they are: of one person one is at work at a time.
    """
    if not _places.take(whose):
        raise Unavailable("child.busy", "现在上传的文件太多，请稍等几秒再试。", retry_after=5)
    try:
        ours, theirs = socket.socketpair()
        with ours:
            with theirs:
                # eventlet makes both ends non-blocking: the child would take a pause for the end, and lose what finds no room
                os.set_blocking(theirs.fileno(), True)
                child = _start(script, theirs, limits)
            try:
                ours.settimeout(limits.seconds + GRACE)
                yield from _talk(ours, given)
                status = child.wait(limits.seconds + GRACE)
            except (TimeoutError, subprocess.TimeoutExpired):
                status = -signal.SIGKILL
            finally:
                child.kill()
                child.wait()
            if status:
                raise ChildFailed(status)
    finally:
        _places.give_back(whose)


def _start(script: Path, theirs: socket.socket, limits: Limits) -> subprocess.Popen:
    told = [str(LIMITED), str(limits.memory), str(limits.seconds), str(limits.processor), str(script)]
    return subprocess.Popen(
        # -I: neither the environment nor the working directory decides what it imports
        [sys.executable, "-I", *told],
        env={"PATH": os.defpath},
        # a socket and no pipes: those are the ones that eventlet waits for well
        stdin=theirs.fileno(),
        stdout=theirs.fileno(),
        stderr=subprocess.DEVNULL,
    )


def _talk(ours: socket.socket, given: Iterable[bytes]) -> Iterator[bytes]:
    # a child that has seen enough, or was ended, hangs up: its status tells why
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        for piece in given:
            ours.sendall(piece)
        ours.shutdown(socket.SHUT_WR)
    with contextlib.suppress(ConnectionResetError):
        while piece := ours.recv(PIECE):
            yield piece
