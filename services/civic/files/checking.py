"""What waits for the virus scanner: asked about one file after the other, then whoever holds the file is told what it found.

Any number of replicas may do this at once: a file is leased by a conditional write, and of two words about it the first one counts. Each
step is repeatable: who stops after the word was written leaves a file that is told of in the next round.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from services.chassis.core import metrics
from services.chassis.core.calls import utc_now
from services.chassis.core.errors import NotFound
from services.civic.files import model
from services.civic.files.model import SENT, StoredFile
from services.civic.files.scanner import ScannerSilent

if TYPE_CHECKING:
    from services.civic.files.receiving import ReceivedFiles

AT_ONCE = 20
OLDEST = metrics.gauge(
    "xiangzhi_files_checking_oldest_seconds",
    "age of the oldest file that waits for the virus scanner; 0 where none waits",
    "service",
)
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class FileChecks:
    """The checks of one service's files; `tell` writes down at a file's subject what was found, False where that does not hold it (yet)."""

    received: ReceivedFiles
    tell: Callable[[StoredFile], bool]

    def work_off(self) -> int:
        """Look at what is due, longest waiting first; gives at how many files."""
        self.measure()
        due = self.received.files.to_scan(utc_now(), AT_ONCE)
        for id, since in due:
            now = utc_now()
            if self.received.files.lease(id, since, now + model.SCAN_LEASE):
                with suppress(NotFound):  # erased meanwhile
                    self._look_at(self.received.files.get(id))
                self.measure()
        return len(due)

    def measure(self) -> None:
        """Say how long the oldest has waited."""
        since = self.received.files.checking_since()
        age = (utc_now() - since).total_seconds() if since else 0.0
        OLDEST.labels(self.received.files.service).set(max(age, 0.0))

    def _look_at(self, file: StoredFile) -> None:
        if file.state == "checking":
            try:
                infected = self._scanned(file)
            except ScannerSilent as silent:
                self._wait(file, silent)
                return
            self.received.files.judge(file.id, infected, utc_now())
            log.log(
                logging.WARNING if infected else logging.INFO,
                "a file was scanned",
                extra={"file": file.id, "infected": infected},
            )
            file = self.received.files.get(file.id)
        self._conclude(file)

    def _scanned(self, file: StoredFile) -> bool:
        if not self.received.scanner:
            raise ScannerSilent("CLAMD_URL is not set")
        sent = _Counted(self.received.sent(file), file.size)
        infected = self.received.scanner.finds_something(sent)
        if sent.left:
            raise ScannerSilent("pieces are missing")
        return infected

    def _wait(self, file: StoredFile, silent: ScannerSilent) -> None:
        self.received.files.ask_again(file.id, utc_now() + model.scan_pause(file.scan_tries))
        log.warning("the virus scanner gave no word", extra={"file": file.id, "reason": silent.reason})

    def _conclude(self, file: StoredFile) -> None:
        if file.state == "infected":
            self.received.pieces.forget(file.id)
        elif not file.holds_what_was_sent:
            self.received.pieces.forget(file.id, SENT)
        told = self.tell(file)
        self.received.files.ask_again(file.id, None if told else utc_now() + model.UNHELD)


class _Counted:
    """A file's content as it was announced; what came behind its end, by a race, is not scanned. `left` bytes were not read."""

    def __init__(self, pieces: Iterator[bytes], size: int):
        self._pieces, self.left = pieces, size

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._pieces:
            yield piece[: self.left]
            self.left -= len(piece[: self.left])
            if not self.left:
                return
