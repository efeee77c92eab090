"""Printing to whoever reads a command's lines; a reader that has gone is not an outage of the platform."""

import os
import sys


class ReaderGone(Exception):
    """Nobody reads our lines any more (`| head`): end quietly."""


def show(text: str) -> None:
    """Print at once; raises ReaderGone."""
    try:
        print(text, flush=True)
    except BrokenPipeError:
        # the interpreter flushes once more at its end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise ReaderGone from None
