"""What a person sees while the stack works."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

SIGN_OF_LIFE = 10.0
# Parts the log of one start from that of the one before.
HEADER = "==== started"


def say(text: str) -> None:
    """Show one line of progress on stderr, so that stdout stays free for results."""
    # A closed terminal must not keep anything from being stopped.
    with contextlib.suppress(OSError, ValueError):
        print(f"  {text}", file=sys.stderr, flush=True)


def run_logged(
    command: Sequence[str], log: Path, *, env: Mapping[str, str] | None = None, limit: float = 1800
) -> int:
    """Run a long command with its output in `log`, show that it is still working, return its exit code."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as file:
        file.write(header(command))
        file.flush()
        # stdin and the terminal's session are kept: sudo may have to ask for a password.
        process = subprocess.Popen(command, stdout=file, stderr=subprocess.STDOUT, env=env)
        try:
            return _wait(process, limit)
        finally:
            if process.poll() is None:
                with contextlib.suppress(OSError, subprocess.TimeoutExpired):
                    process.terminate()
                    process.wait(10)


def _wait(process: subprocess.Popen, limit: float) -> int:
    began = time.monotonic()
    while True:
        try:
            return process.wait(SIGN_OF_LIFE)
        except subprocess.TimeoutExpired:
            seconds = time.monotonic() - began
            if seconds > limit:
                return 124
            say(f"  ... still working ({seconds:.0f} s)")


def header(command: Sequence[str]) -> bytes:
    """Return the line that opens the log of a start of this command."""
    return f"{HEADER} {time.strftime('%Y-%m-%d %H:%M:%S')} {' '.join(command)}\n".encode()


def tail(path: Path, lines: int = 12) -> str:
    """Return the last lines of a log, of the last start only, or nothing when there is no log."""
    try:
        with path.open("rb") as file:
            file.seek(0, 2)
            file.seek(max(0, file.tell() - 20_000))
            text = file.read().decode("utf-8", "replace")
    except OSError:
        return ""
    text = text.rpartition(HEADER)[2].partition("\n")[2] if HEADER in text else text
    return "\n".join(f"    {line}" for line in text.splitlines()[-lines:])
