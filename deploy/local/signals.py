"""Ctrl-C, SIGTERM and a closed terminal all become KeyboardInterrupt, but never in the middle of a start."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Iterator

ASKING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class _Asked:
    shields = 0
    waiting = False


def listen() -> None:
    """Turn the signals that ask for an end into KeyboardInterrupt."""
    for number in ASKING:
        signal.signal(number, _heard)


def ignore() -> None:
    """Stop listening, because the end is already under way and must not be cut short."""
    for number in ASKING:
        signal.signal(number, signal.SIG_IGN)


def _heard(number: int, frame: object) -> None:
    if _Asked.shields:
        _Asked.waiting = True
    else:
        raise KeyboardInterrupt


@contextlib.contextmanager
def shielded() -> Iterator[None]:
    """Hold a request to end back until the block is over: a started child must not go unrecorded."""
    _Asked.shields += 1
    try:
        yield
    finally:
        _Asked.shields -= 1
        if not _Asked.shields and _Asked.waiting:
            _Asked.waiting = False
            raise KeyboardInterrupt
