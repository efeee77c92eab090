"""The clock's endpoints: files that lapsed, files that were taken or given up and are held by nobody, and files that wait for the scanner."""

import logging
from datetime import datetime

from nameko.timer import timer

from services.civic.actor import SYSTEM
from services.civic.calls import Call
from services.civic.files.checking import FileChecks
from services.civic.files.model import StoredFile
from services.civic.files.receiving import ReceivedFiles

log = logging.getLogger(__name__)

SWEEP_SECONDS = 300
"""Hours and days are counted here."""

SCAN_SECONDS = 3
"""Somebody waits to open the file."""


class FileTimers:
    """Sweeps; the service says by `holds_file` whether what a file is for still holds it."""

    received_files: ReceivedFiles

    def holds_file(self, file: StoredFile) -> bool | datetime:
        """Tell whether it is held, for good (True) or until when; a service says it of each purpose that it has."""
        raise NotImplementedError(file.purpose)

    def tell_of_file(self, file: StoredFile, call: Call) -> bool:
        """Write down at what holds a file that it was checked (`file.state`), repeatably; False where it does not hold it yet.

        Whoever asks the file itself how it is has nothing to write down.
        """
        return True

    @timer(interval=SCAN_SECONDS)
    def scan_files(self) -> None:
        FileChecks(self.received_files, lambda file: self.tell_of_file(file, Call({}, SYSTEM))).work_off()

    @timer(interval=SWEEP_SECONDS)
    def sweep_files(self) -> None:
        erased = self.received_files.sweep(self.holds_file, Call({}, SYSTEM))
        if erased:
            log.info("files erased that lapsed", extra={"count": erased})
