"""A bar on a terminal, a line now and then elsewhere: a backup of a county takes minutes."""

import sys
import time
from typing import TextIO

WIDTH = 24
OFTEN, SELDOM = 0.2, 10.0


class Progress:
    """Shows how many of about so many documents are done, and how many bytes they were."""

    def __init__(self, what: str, expected: int, out: TextIO = sys.stderr):
        self._what, self._expected, self._out = what, max(expected, 1), out
        self._bar = out.isatty()
        self._began = time.monotonic()
        self._next = self._began + (OFTEN if self._bar else SELDOM)
        self.documents = self.bytes = 0

    def add(self, size: int) -> None:
        """Count one document."""
        self.documents += 1
        self.bytes += size
        if not self.documents % 100 and time.monotonic() >= self._next:
            self._show()

    def close(self) -> None:
        """Show the whole."""
        self._expected = max(self.documents, 1)
        self._show()
        if self._bar:
            print(file=self._out, flush=True)

    def _show(self) -> None:
        now = time.monotonic()
        self._next = now + (OFTEN if self._bar else SELDOM)
        share = min(self.documents / self._expected, 1.0)
        full = int(share * WIDTH)
        figures = f"{self.documents:,} documents, {self.bytes / 1e6:,.0f} MB, {now - self._began:.0f} s"
        line = f"  {self._what} [{'#' * full}{'.' * (WIDTH - full)}] {share:4.0%}  {figures}"
        print(f"\r{line}" if self._bar else line, end="" if self._bar else "\n", file=self._out, flush=True)
